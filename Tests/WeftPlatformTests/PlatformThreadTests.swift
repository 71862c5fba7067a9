import CWeftPlatform
import Synchronization
import Testing

@testable import WeftPlatform

@Suite struct PlatformThreadTests {
  @Test func runsItsBodyUnderItsName() {
    nonisolated(unsafe) var name: String?
    let thread = PlatformThread.start(name: ThreadName("worker-", number: 702), stackSize: 1 << 16) {
      name = PlatformThread.currentName?.withBytes { String(decoding: $0, as: UTF8.self) }
    }
    thread.join()
    #expect(name == "worker-702")
    #expect(PlatformThread.currentName == nil)
  }

  @Test func manyThreadsAddUp() {
    let sum = Atomic<Int>(0)
    withUnsafePointer(to: sum) { pointer in
      nonisolated(unsafe) let shared = pointer
      let threads = (1...64).map { number in
        PlatformThread.start(name: ThreadName("adder"), stackSize: 1 << 16) {
          for _ in 0..<1000 { shared.pointee.add(number, ordering: .relaxed) }
        }
      }
      for thread in threads { thread.join() }
    }
    #expect(sum.load(ordering: .relaxed) == 64 * 65 / 2 * 1000)
  }

  @Test func futexWakesTheSleeper() {
    let word = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    word.initialize(to: Atomic(0))
    nonisolated(unsafe) let shared = word
    let sleeper = PlatformThread.start(name: ThreadName("sleeper"), stackSize: 1 << 16) {
      while shared.pointee.load(ordering: .acquiring) == 0 { Futex.wait(shared, while: 0) }
      shared.pointee.store(2, ordering: .releasing)
    }
    shared.pointee.store(1, ordering: .releasing)
    Futex.wake(shared, .max)
    sleeper.join()
    #expect(word.pointee.load(ordering: .acquiring) == 2)
    word.deallocate()
  }

  @Test func futexWaitEndsAfterItsTime() {
    let word = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    word.initialize(to: Atomic(5))
    let start = monotonicNanoseconds()
    Futex.wait(word, while: 5, nanoseconds: 2_000_000)
    #expect(monotonicNanoseconds() - start >= 1_000_000)
    // Another value: returns at once, or this test would never end.
    Futex.wait(word, while: 6)
    word.deallocate()
  }

  @Test func spinLockExcludes() {
    let lock = SpinLock()
    nonisolated(unsafe) var count = 0
    withUnsafePointer(to: lock) { pointer in
      nonisolated(unsafe) let shared = pointer
      let threads = (0..<8).map { _ in
        PlatformThread.start(name: ThreadName("locker"), stackSize: 1 << 16) {
          for _ in 0..<20_000 { shared.pointee.withLock { count += 1 } }
        }
      }
      for thread in threads { thread.join() }
    }
    #expect(count == 160_000)
  }

  @Test func borrowedClosureIsCalledWithItsCaptures() {
    var sum = 0
    let step = 7
    func run(_ body: () -> Void) {
      withBorrowedClosure(body) { closure in
        weft_closure_call(closure)
        weft_closure_call(closure)
      }
    }
    run { sum += step }
    #expect(sum == 14)
  }
}
