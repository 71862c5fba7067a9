import Synchronization
import Testing
import WeftThreads
import WeftPlatform

@testable import WeftScheduler

/// A number that tasks may change.
final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  func add(_ amount: Int) { count.add(amount, ordering: .relaxed) }
  var value: Int { count.load(ordering: .relaxed) }
}

struct Failed: Error, Equatable {
  let number: Int
}

@Suite struct ScopeTests {
  /// A spawner that does not wait for its scope, but for its tasks, gets them.
  /// A wait for a scope must not run what was forked outside of it, which may want the lock.
  @Test(.timeLimit(.minutes(5)), arguments: [2, 4]) func lockHeldAcrossAScopeDoesNotDeadlock(threads: Int) {
    let total = WeftThreads.Mutex(0)
    withPool(threads) { _ in
      for _ in 0..<2000 {
        let (inner, outer) = join(
          {
            join(
              {
                total.withLock { total in
                  scope { scope in
                    scope.spawn { _ = fib(9) }
                    scope.spawn { _ = fib(11) }
                  }
                  total += 1
                }
              }, { total.withLock { $0 += 10 } })
          }, { fib(12) })
        _ = inner
        #expect(outer == 144)
      }
    }
    #expect(total.withLock { $0 } == 2000 * 11)
  }

  @Test(.timeLimit(.minutes(5)), arguments: [2, 3]) func tasksBeginWhileTheSpawnerIsBusy(threads: Int) {
    withPool(threads) { _ in
      for _ in 0..<20 {
        scope { scope in
          for _ in 0..<200 {
            let hasRun = Flag()
            scope.spawn { hasRun.raise() }
            while !hasRun.isRaised { Thread.yield() }
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 8, 16]) func endsAfterAllItsTasks(threads: Int) {
    withPool(threads) { _ in
      for count in [0, 1, 10, 1000] {
        let counter = Counter()
        let result = scope { scope in
          for number in 0..<count { scope.spawn { counter.add(number) } }
          return "body"
        }
        #expect(result == "body")
        #expect(counter.value == (0..<count).reduce(0, +))
      }
    }
  }

  @Test(arguments: [1, 3, 16]) func tasksSpawnTasksAndFork(threads: Int) {
    withPool(threads) { _ in
      let counter = Counter()
      scope { outer in
        @Sendable func grow(_ depth: Int) {
          counter.add(1)
          if depth == 0 { return }
          for _ in 0..<3 { outer.spawn { grow(depth - 1) } }
          _ = join({ fib(8) }, { fib(9) })
        }
        outer.spawn { grow(5) }
      }
      #expect(counter.value == (0...5).reduce(0) { total, depth in total + (0..<depth).reduce(1) { power, _ in power * 3 } })
    }
  }

  @Test(arguments: [1, 4]) func firstErrorCancelsTheRestAndIsThrown(threads: Int) {
    withPool(threads) { _ in
      let counter = Counter()
      do throws(Failed) {
        try scope(throwing: Failed.self) { (scope) throws(Failed) in
          scope.spawn { () throws(Failed) in throw Failed(number: 7) }
          while !scope.isCancelled && threads > 1 {}
          for _ in 0..<100 { scope.spawn { () throws(Failed) in counter.add(1) } }
        }
        Issue.record("no error")
      } catch {
        #expect(error == Failed(number: 7))
      }
      #expect(counter.value == 0)
    }
  }

  @Test func errorOfTheBodyComesAfterTheTasks() {
    withPool(4) { _ in
      let counter = Counter()
      #expect(throws: Failed(number: 1)) {
        try scope(throwing: Failed.self) { (scope) throws(Failed) in
          scope.scope.spawn { counter.add(1) }
          throw Failed(number: 1)
        }
      }
      #expect(counter.value == 1)
    }
  }

  @Test func spawnedClosuresRunInTheirPool() {
    let pool = Pool(threads: 2, stackSize: 1 << 18)
    let counter = Counter()
    pool.install {
      for _ in 0..<100 { spawn { if Pool.current.state == pool.state { counter.add(1) } } }
    }
    while counter.value < 100 {}
    pool.shutdown()
  }
}

private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { value.load(ordering: .relaxed) }

  func raise() { value.store(true, ordering: .relaxed) }
}
