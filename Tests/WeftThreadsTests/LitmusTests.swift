import Testing
import WeftThreads

/// Millions of operations in all, on fewer and on more threads than there are processors. The time limit is for what hangs.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LitmusTests {
  static let threads = [2, 3, 4, 8, 16]
  static let capacities = [0, 1, 16, Int.max]

  @Test(arguments: threads) func mutex(threads: Int) { #expect(litmus(threads, 800_000).mutex() == 0) }
  @Test(arguments: threads) func rwLock(threads: Int) { #expect(litmus(threads, 200_000).rwLock() == 0) }
  @Test(arguments: threads) func condition(threads: Int) { #expect(litmus(threads, 20_000).condition() == 0) }
  @Test(arguments: threads, [1, 3]) func semaphore(threads: Int, permits: Int) {
    #expect(litmus(threads, 50_000).semaphore(permits: permits) == 0)
  }
  @Test(arguments: threads) func barrier(threads: Int) { #expect(litmus(threads, 10_000).barrier() == 0) }
  @Test(arguments: threads) func once(threads: Int) { #expect(litmus(threads, 200_000).once() == 0) }
  @Test(arguments: threads) func parker(threads: Int) { #expect(litmus(threads, 50_000).parker() == 0) }
  @Test(arguments: threads, capacities) func channel(threads: Int, capacity: Int) {
    #expect(litmus(threads, 30_000).channel(capacity: capacity) == 0)
  }
  @Test(arguments: threads, capacities) func select(threads: Int, capacity: Int) {
    #expect(litmus(threads, 10_000).select(capacity: capacity) == 0)
  }
  @Test(arguments: threads) func future(threads: Int) { #expect(litmus(threads, 20_000).future() == 0) }
}

private func litmus(_ threads: Int, _ operations: Int) -> Litmus {
  Litmus(threads: threads, operations: operations) { body in onThreads(threads, body) }
}

/// Calls `body` on so many threads, with their numbers.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let threads = (0..<count).map { number in
    Thread.spawn(name: ThreadName("litmus-", number: number), stackSize: 1 << 18) { body(number) }
  }
  for thread in threads { thread.join() }
}
