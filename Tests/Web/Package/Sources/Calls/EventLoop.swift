import Synchronization
import Weft
import WeftPlatform

/// Has idle threads leave Swift after so many nanoseconds.
@JS func leaveAfter(nanoseconds: Int) { EventLoop.patience.store(Int64(nanoseconds), ordering: .relaxed) }

/// How many forks, broadcasts and spawned threads did what they should, in rounds between which the pool has nothing to do for a moment.
@JS func leaveAndReturn(rounds: Int) -> Int {
  var right = 0
  for round in 0..<rounds {
    switch round % 4 {
    case 0:
      let threads = Pool.global.runningThreadCount
      // Every thread has to come for this.
      if Pool.global.broadcast({ $0 }).count >= threads { right += 1 }
    case 1:
      let sum = (0..<64).parallel.map { (index: Int) in linger(index) }.reduce(0, +)
      if sum == 2016 { right += 1 }
    case 2:
      let sum = Total()
      scope { scope in
        for index in 0..<4 { scope.spawn { sum.value.add(linger(index), ordering: .relaxed) } }
      }
      if sum.value.load(ordering: .relaxed) == 6 { right += 1 }
    default:
      if Thread.spawn({ linger(round) }).join() == round { right += 1 }
    }
    // Between 0 and 0.6 ms: threads are on their way out, or gone, when the next round begins.
    sleepThread(nanoseconds: UInt64(round * 7919 % 600_000))
  }
  return right
}

/// Embedded Swift captures an atomic in no closure that escapes, but an object that has one.
private final class Total: Sendable {
  let value = Atomic<Int>(0)
}

/// What a thief thinks worth taking.
private func linger(_ value: Int) -> Int {
  let start = monotonicNanoseconds()
  while monotonicNanoseconds() &- start < 30_000 {}
  return value
}

@JS(.module) func received() -> Int32
@JS(.module) func turnsOfLoop() -> Int32

/// What each of the pool's threads got of JavaScript.
@JS func receivedEverywhere() -> [Int32] { Pool.global.broadcast { _ in received() } }

/// How often the event loops of the pool's threads have turned, by threads.
@JS func turnsEverywhere() -> [Int32] { Pool.global.broadcast { _ in turnsOfLoop() } }
