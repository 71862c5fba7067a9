import Weft
import WeftPlatform

/// Gives back what it was given, copied both ways.
@JS func echo(_ bytes: [UInt8]) -> [UInt8] { bytes }

/// Looks at what is shared, and writes a byte.
@JS func touch(_ bytes: SharedBuffer<UInt8>) { bytes[0] &+= 1 }

/// Sixteen bytes to another thread and back, through channels.
@JS func exchangeSmall(_ count: Int, isAwake: Bool) -> Int {
  exchange(SIMD16<UInt8>(repeating: 1), count, isAwake, { $0[15] })
}

/// An array of so many bytes to another thread and back, through channels.
@JS func exchangeLarge(_ bytes: Int, _ count: Int, isAwake: Bool) -> Int {
  exchange([UInt8](repeating: 1, count: bytes), count, isAwake, { $0[15] })
}

/// The sum of what comes back: the count, if nothing is lost.
private func exchange<Payload: Sendable>(_ payload: Payload, _ count: Int, _ isAwake: Bool, _ byte: (Payload) -> UInt8) -> Int {
  let there = Channel<Payload>(capacity: 1)
  let back = Channel<Payload>(capacity: 1)
  let partner = Thread.spawn {
    for _ in 0..<count { back.send(isAwake ? receiveAwake(there) : there.receive()!) }
  }
  var sum = 0
  var payload = payload
  for _ in 0..<count {
    there.send(payload)
    payload = isAwake ? receiveAwake(back) : back.receive()!
    sum += Int(byte(payload))
  }
  partner.join()
  return sum
}

/// Looks without sleeping.
private func receiveAwake<Payload: Sendable>(_ channel: Channel<Payload>) -> Payload {
  var spins = 0
  while true {
    if case .received(let payload) = channel.receiveIfReady() { return payload }
    backOff(&spins)
  }
}
