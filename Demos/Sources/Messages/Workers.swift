import Weft

/// A worker with a memory of its own that sends back what it gets. The buffers lie outside of both memories: a reference goes to and fro.
private let partner = WebWorker<MessageBuffer, MessageBuffer>.spawn(name: "partner") { port in port.onRequest { $0 } }

/// Sends a buffer to an isolated worker and gets it back, so often.
///
/// - Parameter copies: Whether the bytes are copied on each way, rather than given away.
/// - Returns: How many came back whole.
@JS public func exchangeWithWorker(rounds: Int, bytes: Int, copies: Bool) -> Int {
  var message = MessageBuffer(count: bytes)
  var whole = 0
  for _ in 0..<rounds {
    guard let answer = try? partner.call(copies ? message.copy() : message) else { break }
    if answer.count == bytes { whole += 1 }
    message = copies ? answer.copy() : answer
  }
  return whole
}
