import Synchronization
import Testing
import WeftPlatform
import WeftThreads

private enum Refusal: Error, Equatable {
  case number(Int)
}

/// Counts those of its kind that are alive.
private final class Guest {
  let alive: UnsafePointer<Atomic<Int>>

  init(_ alive: UnsafePointer<Atomic<Int>>) {
    self.alive = alive
    alive.pointee.add(1, ordering: .relaxed)
  }

  deinit { alive.pointee.subtract(1, ordering: .releasing) }
}

// Holds: the tests keep the counter until all guests have ended.
extension Guest: @unchecked Sendable {}

@Suite struct ThreadTests {
  @Test func joinReturnsWhatTheClosureReturns() {
    let threads = (0..<20).map { index in Thread.spawn { index * index } }
    #expect(threads.map { $0.join() } == (0..<20).map { $0 * $0 })
  }

  @Test func joinThrowsWhatTheClosureThrows() {
    let thread = Thread.spawn { () throws(Refusal) -> Int in throw .number(7) }
    for _ in 0..<3 {
      #expect(throws: Refusal.number(7)) { try thread.join() }
    }
  }

  @Test func manyMayJoinTheSameThread() {
    let thread = Thread.spawn {
      Thread.sleep(for: .milliseconds(5))
      return 7
    }
    let joiners = (0..<8).map { _ in Thread.spawn { thread.join() } }
    #expect(joiners.map { $0.join() } == [Int](repeating: 7, count: 8))
    #expect(thread.isFinished)
  }

  @Test func threadsHaveNamesAndAreTold() {
    let names: [ThreadName?] = ["decoder", ThreadName("worker-", number: 12), ThreadName(String("at run time")), nil]
    let threads = names.map { name in Thread.spawn(name: name) { Thread.current } }
    let texts = threads.map { thread in thread.join().name?.withBytes { String(decoding: $0, as: UTF8.self) } }
    #expect(texts[..<3] == ["decoder", "worker-12", "at run time"])
    #expect(texts[3]?.hasPrefix("thread-") == true)
    #expect(Thread.current == Thread.current)
    #if !arch(wasm32)
      // On the web tests run on a thread of Weft's.
      #expect(Thread.current.name == nil)
    #endif
    let other = Thread.spawn {
      Thread.sleep(for: .milliseconds(1))
      return Thread.current
    }
    #expect(other.join() != Thread.current)
  }

  @Test func detachedThreadsRunAndFreeWhatTheyCapture() {
    let alive = Atomic<Int>(0)
    let ran = Atomic<Int>(0)
    withUnsafePointer(to: alive) { alive in
      withUnsafePointer(to: ran) { ran in
        nonisolated(unsafe) let ran = ran
        for _ in 0..<50 {
          let guest = Guest(alive)
          Thread.spawn { withExtendedLifetime(guest) { _ = ran.pointee.add(1, ordering: .releasing) } }
        }
        // Acquire: pairs with the releases of the threads and their guests, after which nobody uses this frame.
        while ran.pointee.load(ordering: .acquiring) < 50 || alive.pointee.load(ordering: .acquiring) > 0 { Thread.yield() }
      }
    }
  }

  @Test func aScopeEndsWhenItsThreadsHave() {
    let sum = Atomic<Int>(0)
    let result = withUnsafePointer(to: sum) { sum in
      nonisolated(unsafe) let sum = sum
      return Thread.scope { scope in
        for index in 0..<10 {
          scope.spawn(name: ThreadName("outer-", number: index)) {
            scope.spawn {
              Thread.sleep(for: .milliseconds(2))
              sum.pointee.add(10, ordering: .relaxed)
            }
            sum.pointee.add(1, ordering: .relaxed)
          }
        }
        return "end"
      }
    }
    #expect(result == "end")
    #expect(sum.load(ordering: .relaxed) == 110)
  }

  @Test func aScopeThatThrowsHasEndedToo() {
    let ended = Atomic<Int>(0)
    withUnsafePointer(to: ended) { ended in
      nonisolated(unsafe) let ended = ended
      #expect(throws: Refusal.number(1)) {
        try Thread.scope { (scope) throws(Refusal) in
          for _ in 0..<4 {
            scope.spawn {
              Thread.sleep(for: .milliseconds(2))
              ended.pointee.add(1, ordering: .relaxed)
            }
          }
          throw Refusal.number(1)
        }
      }
      #expect(ended.pointee.load(ordering: .relaxed) == 4)
    }
  }

  @Test func sleepLastsAtLeastSoLong() {
    let start = monotonicNanoseconds()
    Thread.sleep(for: .milliseconds(20))
    #expect(monotonicNanoseconds() - start >= 20_000_000)
    // Does not wait at all, or this test would never end.
    Thread.sleep(for: .seconds(-1_000_000))
  }
}

@Suite struct ThreadLocalTests {
  @Test func eachThreadHasItsOwnValueAndEndsIt() {
    let alive = Atomic<Int>(0)
    withUnsafePointer(to: alive) { alive in
      nonisolated(unsafe) let alive = alive
      let counter = ThreadLocal { 100 }
      let guest = ThreadLocal { Guest(alive) }
      let threads = (0..<20).map { index in
        Thread.spawn {
          guest.withValue { _ in }
          for _ in 0..<index { counter.withValue { $0 += 1 } }
          return counter.value
        }
      }
      #expect(threads.map { $0.join() } == (100..<120).map { $0 })
      #expect(alive.pointee.load(ordering: .relaxed) == 0)
      #expect(counter.value == 100)
      counter.value = 5
      #expect(counter.value == 5)
    }
  }

  @Test func aValueMayUseAnotherWhileItEnds() {
    /// Uses another variable at its end.
    final class User {
      let log: ThreadLocal<Int>
      let seen: UnsafePointer<Atomic<Int>>

      init(_ log: ThreadLocal<Int>, _ seen: UnsafePointer<Atomic<Int>>) {
        self.log = log
        self.seen = seen
      }

      deinit { seen.pointee.store(log.withValue { $0 + 1 }, ordering: .relaxed) }
    }
    let seen = Atomic<Int>(0)
    withUnsafePointer(to: seen) { seen in
      nonisolated(unsafe) let seen = seen
      let log = ThreadLocal { 41 }
      let user = ThreadLocal { User(log, seen) }
      Thread.spawn { user.withValue { _ in } }.join()
      #expect(seen.pointee.load(ordering: .relaxed) == 42)
    }
  }

  @Test func placesAreUsedAgainWithoutOldValues() {
    for round in 0..<100 {
      let variable = ThreadLocal { round }
      #expect(variable.value == round)
      variable.value = -1
    }
    let variables = (0..<50).map { index in ThreadLocal { index } }
    for (index, variable) in variables.enumerated() { #expect(variable.value == index) }
  }

  @Test func errorsPass() {
    let variable = ThreadLocal { 1 }
    #expect(throws: Refusal.number(2)) { try variable.withValue { (_) throws(Refusal) in throw Refusal.number(2) } }
    #expect(variable.value == 1)
  }
}
