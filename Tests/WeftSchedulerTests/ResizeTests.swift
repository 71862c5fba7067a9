import Synchronization
import Testing
import WeftThreads

@testable import WeftScheduler

@Suite struct ResizeTests {
  @Test func aPoolGetsLargerAndSmaller() {
    let pool = Pool(threads: 2)
    for count in [5, 1, 8, 3, 16, 1, 2] {
      pool.resize(threads: count)
      #expect(pool.threadCount == count)
      while pool.runningThreadCount != count { Thread.yield() }
      #expect(pool.install { fib(18) } == 2584)
      #expect(pool.broadcast { $0 } == Array(0..<count))
    }
    pool.shutdown()
  }

  /// The last thread of a pool that the caller works for itself leaves, and what it had been handed is not lost.
  @Test func aPoolMayLoseItsLastThread() {
    let pool = Pool(threads: 2, callerTakesPart: true, stackSize: 1 << 18)
    let ran = Atomic<Int>(0)
    withUnsafePointer(to: ran) { pointer in
      nonisolated(unsafe) let ran = pointer
      for round in 0..<300 {
        pool.resize(threads: 1 + round % 2)
        pool.submit { ran.pointee.add(1, ordering: .releasing) }
        pool.resize(threads: 1)
        pool.submit { ran.pointee.add(1, ordering: .releasing) }
      }
      // Acquire: pairs with the tasks' releases, after which nobody uses this frame.
      while ran.pointee.load(ordering: .acquiring) < 600 { Thread.yield() }
    }
    pool.shutdown()
  }

  @Test(arguments: [2, 8]) func aPoolChangesWhileItWorks(most: Int) {
    let pool = Pool(threads: 2)
    let isOver = Atomic<Bool>(false)
    withUnsafePointer(to: isOver) { pointer in
      nonisolated(unsafe) let isOver = pointer
      Thread.scope { scope in
        for resizer in 0..<2 {
          scope.spawn {
            var state = UInt32(resizer + 1)
            while !isOver.pointee.load(ordering: .relaxed) {
              state = state &* 1_664_525 &+ 1_013_904_223
              pool.resize(threads: 1 + Int(state >> 16) % most)
              Thread.yield()
            }
          }
        }
        scope.spawn {
          while !isOver.pointee.load(ordering: .relaxed) {
            let indices = pool.broadcast { $0 }
            #expect(indices == Array(0..<indices.count) && indices.count >= 1)
          }
        }
        for round in 0..<200 {
          let sum = pool.install {
            let sum = Atomic<Int>(0)
            parallelFor(0..<64) { index in sum.add(index + fib(8), ordering: .relaxed) }
            return sum.load(ordering: .relaxed)
          }
          #expect(sum == 2016 + 64 * 21, "round \(round)")
        }
        isOver.pointee.store(true, ordering: .relaxed)
      }
    }
    pool.shutdown()
  }

  @Test func poolsOfManySizesLiveSideBySide() {
    let pools = (1...4).map { Pool(threads: $0) }
    let threads = pools.map { pool in Thread.spawn { (0..<20).map { _ in pool.install { fib(15) } } } }
    for thread in threads { #expect(thread.join() == [Int](repeating: 610, count: 20)) }
    for pool in pools { pool.shutdown() }
  }
}
