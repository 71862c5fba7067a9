import WeftJS
import WeftPlatform

/// A message as it was when it was sent, written as it goes into another memory.
///
/// Used by one thread after the other.
final class Parcel<Message: WorkerMessage>: @unchecked Sendable {
  // Unchecked: the channel that hands it on publishes what the sender wrote.
  /// The call that it belongs to, or 0.
  let request: Int32
  let length: Int
  let lastBlock: UInt32
  /// Nil once it was taken.
  private(set) var memory: UnsafeMutableRawPointer?

  init(_ message: consuming Message, request: Int32) {
    var writer = _JSWriter()
    writer.write(Message._Codec.self, message)
    self.request = request
    length = writer.length
    lastBlock = writer.lastBlockNote
    memory = writer.address
  }

  deinit {
    // What nobody has got still holds its arrays.
    if memory != nil { _ = take() }
  }

  /// The message, once.
  func take() -> Message {
    guard let memory else { fail("A message was taken twice") }
    var reader = _JSReader(memory, ownsObjects: true)
    let message = reader.read(Message._Codec.self)
    letGo()
    return message
  }

  #if arch(wasm32) || arch(wasm64)
    /// As JavaScript reads it: where it is, how long, and where the last array in it is noted; and the call.
    func add(to request: inout WorkerRequest) {
      request.add(memory.forJavaScript)
      request.add(Double(length))
      request.add(Double(lastBlock))
      request.add(Double(self.request))
    }
  #endif

  /// Somebody else has taken what it refers to.
  func letGo() {
    if let memory { freeMemory(memory) }
    memory = nil
  }
}
