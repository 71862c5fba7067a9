import Weft

/// Sends an array to another thread of the program and gets it back, so often, through channels. It is not copied: a reference moves.
///
/// - Parameter awake: Whether both sides look for the next message all the time, rather than sleep until it comes.
/// - Returns: How many came back whole.
@JS public func exchangeWithThread(rounds: Int, bytes: Int, awake: Bool) -> Int {
  let (there, back) = (Channel<[UInt8]>(capacity: 1), Channel<[UInt8]>(capacity: 1))
  let partner = Thread.spawn(name: "partner") {
    while let message = next(there, awake) { back.send(message) }
  }
  var message = [UInt8](repeating: 1, count: bytes)
  var whole = 0
  for _ in 0..<rounds {
    there.send(message)
    guard let answer = next(back, awake) else { break }
    if answer.count == bytes { whole += 1 }
    message = answer
  }
  there.close()
  partner.join()
  return whole
}

/// The next message; nil when the channel is closed.
private func next(_ channel: Channel<[UInt8]>, _ awake: Bool) -> [UInt8]? {
  while awake {
    switch channel.receiveIfReady() {
    case .received(let message): return message
    case .closed: return nil
    case .empty: continue
    }
  }
  return channel.receive()
}
