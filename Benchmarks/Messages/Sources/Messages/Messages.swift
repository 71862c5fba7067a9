import Weft
import WeftPlatform

/// Gives back what it was given, copied both ways.
@JS func echo(_ bytes: [UInt8]) -> [UInt8] { bytes }

/// Looks at what is shared, and writes a byte.
@JS func touch(_ bytes: SharedBuffer<UInt8>) { bytes[0] &+= 1 }

/// Sixteen bytes to another thread and back, through channels.
@JS final class SmallExchange {
  private let exchange = Exchange(SIMD16<UInt8>(repeating: 1))
  @JS init() {}
  /// How many of `count` came back.
  @JS func run(_ count: Int, isAwake: Bool) -> Int { exchange.run(count, isAwake) { Int($0[15]) } }
}

/// An array to another thread and back, through channels.
@JS final class LargeExchange {
  private let exchange: Exchange<[UInt8]>
  @JS init(_ bytes: Int) { exchange = Exchange([UInt8](repeating: 1, count: bytes)) }
  /// How many of `count` came back.
  @JS func run(_ count: Int, isAwake: Bool) -> Int { exchange.run(count, isAwake) { Int($0[15]) } }
}

/// A payload, and a thread that sends back what it gets.
private final class Exchange<Payload: Sendable> {
  private var payload: Payload
  private let jobs = Channel<(count: Int, isAwake: Bool)>(capacity: 1)
  private let there = Channel<Payload>(capacity: 1)
  private let back = Channel<Payload>(capacity: 1)
  private let partner: ThreadHandle<Void, Never>

  init(_ payload: Payload) {
    self.payload = payload
    let (jobs, there, back) = (jobs, there, back)
    partner = Thread.spawn {
      for (count, isAwake) in jobs {
        for _ in 0..<count { back.send(isAwake ? receiveAwake(there) : there.receive()!) }
      }
    }
  }

  deinit {
    jobs.close()
    partner.join()
  }

  func run(_ count: Int, _ isAwake: Bool, _ byte: (Payload) -> Int) -> Int {
    jobs.send((count, isAwake))
    var sum = 0
    for _ in 0..<count {
      there.send(payload)
      payload = isAwake ? receiveAwake(back) : back.receive()!
      sum += byte(payload)
    }
    return sum
  }
}

/// Looks without sleeping.
private func receiveAwake<Payload: Sendable>(_ channel: Channel<Payload>) -> Payload {
  var spins = 0
  while true {
    if case .received(let payload) = channel.receiveIfReady() { return payload }
    backOff(&spins)
  }
}
