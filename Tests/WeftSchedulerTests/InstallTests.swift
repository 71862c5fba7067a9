import Synchronization
import Testing
import WeftPlatform

@testable import WeftScheduler

@Suite struct InstallTests {
  @Test func bodyRunsInThePoolAndItsResultComesBack() {
    let pool = Pool(threads: 3, stackSize: 1 << 18)
    let (sum, index) = pool.install { (fib(20), Pool.currentThreadIndex) }
    #expect(sum == 6765)
    #expect((0..<3).contains(index ?? -1))
    #expect(pool.threadCount == 3)
    #expect(Pool.currentThreadIndex == nil)
    pool.shutdown()
  }

  @Test func errorsComeBack() {
    let pool = Pool(threads: 1, stackSize: 1 << 18)
    #expect(throws: Failed(number: 3)) { try pool.install { () throws(Failed) -> Int in throw Failed(number: 3) } }
    pool.shutdown()
  }

  @Test func poolsStandSideBySideAndNest() {
    let one = Pool(threads: 2, stackSize: 1 << 18)
    let two = Pool(threads: 2, stackSize: 1 << 18)
    let sum = one.install { two.install { one.install { fib(15) } } + fib(10) }
    #expect(sum == 610 + 55)
    one.shutdown()
    two.shutdown()
  }

  @Test(arguments: [1, 2, 5, 16]) func broadcastReachesEachThreadOnce(threads: Int) {
    withPool(threads) { pool in
      for _ in 0..<50 { #expect(pool.broadcast { index in index } == Array(0..<threads)) }
    }
    let pool = Pool(threads: threads, stackSize: 1 << 18)
    #expect(pool.broadcast { _ in Pool.currentThreadIndex } == (0..<threads).map { $0 })
    #expect(pool.install { pool.broadcast { index in index * 2 } } == (0..<threads).map { $0 * 2 })
    pool.shutdown()
  }

  @Test func broadcastsFromSeveralThreadsDoNotWaitForEachOther() {
    withPool(4) { pool in
      let counter = Counter()
      parallelFor(0..<16) { _ in counter.add(pool.broadcast { _ in 1 }.count) }
      #expect(counter.value >= 16 * 3)
    }
  }
}
