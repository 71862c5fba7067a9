import Weft

/// A worker with a memory of its own that gives back what it is sent: copied into its memory, and out of it.
private let copier = WebWorker<[UInt8], [UInt8]>.spawn { port in port.onRequest { $0 } }
/// The same for bytes outside of both memories.
private let forwarder = WebWorker<MessageBuffer, MessageBuffer>.spawn { port in port.onRequest { $0 } }

/// An array to an isolated worker and back.
@JS final class CopiedExchange {
  private var payload: [UInt8]
  @JS init(_ bytes: Int) { payload = [UInt8](repeating: 1, count: bytes) }
  /// How many of `count` came back.
  @JS func run(_ count: Int) -> Int {
    var sum = 0
    for _ in 0..<count {
      guard let answer = try? copier.call(payload) else { break }
      payload = answer
      sum += Int(payload[15])
    }
    return sum
  }
}

/// A buffer to an isolated worker and back, transferred.
@JS final class TransferredExchange {
  private var payload: MessageBuffer
  @JS init(_ bytes: Int) { payload = MessageBuffer(count: bytes) }
  /// How many of `count` came back whole.
  @JS func run(_ count: Int) -> Int {
    let bytes = payload.count
    var whole = 0
    for _ in 0..<count {
      guard let answer = try? forwarder.call(payload) else { break }
      payload = answer
      if payload.count == bytes { whole += 1 }
    }
    return whole
  }
}
