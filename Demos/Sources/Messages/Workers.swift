import Weft

/// A worker with a memory of its own that sends back what it gets: each message is copied into its memory, and out of it.
private let copier = WebWorker<[UInt8], [UInt8]>.spawn(name: "copier") { port in port.onRequest { $0 } }

/// The same for bytes that lie outside of both memories: a reference goes to and fro.
private let forwarder = WebWorker<MessageBuffer, MessageBuffer>.spawn(name: "forwarder") { port in port.onRequest { $0 } }

/// Sends an array to an isolated worker and gets it back, so often. Returns how many came back whole.
@JS public func exchangeCopies(rounds: Int, bytes: Int) -> Int {
  var message = [UInt8](repeating: 1, count: bytes)
  var whole = 0
  for _ in 0..<rounds {
    guard let answer = try? copier.call(message) else { break }
    if answer.count == bytes { whole += 1 }
    message = answer
  }
  return whole
}

/// Transfers a buffer to an isolated worker and gets it back, so often. Returns how many came back whole.
@JS public func exchangeBuffer(rounds: Int, bytes: Int) -> Int {
  var message = MessageBuffer(count: bytes)
  var whole = 0
  for _ in 0..<rounds {
    guard let answer = try? forwarder.call(message) else { break }
    if answer.count == bytes { whole += 1 }
    message = answer
  }
  return whole
}
