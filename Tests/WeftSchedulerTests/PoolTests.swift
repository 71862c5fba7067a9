import Synchronization
import Testing
import WeftPlatform
import WeftThreads

@testable import WeftScheduler

/// Runs `body` in a pool of its own with this many threads, the calling one included.
func withPool(_ threads: Int, _ body: (Pool) throws -> Void) rethrows {
  let pool = Pool(threads: threads, callerTakesPart: true, stackSize: 1 << 18)
  #expect(pool.enterAsGuest() != nil)
  defer {
    pool.leaveAsGuest()
    pool.shutdown()
  }
  try body(pool)
}

func fib(_ n: Int) -> Int {
  if n < 2 { return n }
  let (a, b) = join({ fib(n - 1) }, { fib(n - 2) })
  return a + b
}

@Suite struct PoolTests {
  @Test(arguments: [1, 2, 3, 8, 16]) func nestedJoinsGiveTheSequentialResult(threads: Int) {
    withPool(threads) { _ in
      #expect(fib(21) == 10946)
    }
  }

  @Test(arguments: [1, 2, 3, 8, 16]) func loopVisitsEachIndexOnce(threads: Int) {
    withPool(threads) { _ in
      for count in [0, 1, 2, 3, 7, 100, 1000, 4097] {
        let visits = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: max(1, count))
        for index in 0..<count { (visits + index).initialize(to: Atomic(0)) }
        nonisolated(unsafe) let shared = visits
        parallelFor(0..<count) { index in shared[index].add(1, ordering: .relaxed) }
        for index in 0..<count { #expect(visits[index].load(ordering: .relaxed) == 1) }
        visits.deallocate()
      }
    }
  }

  @Test func loopReachesTheEndsOfInt() {
    withPool(4) { _ in
      let sum = Atomic<Int>(0)
      withUnsafePointer(to: sum) { pointer in
        nonisolated(unsafe) let shared = pointer
        parallelFor(Int.max - 100..<Int.max) { shared.pointee.wrappingAdd(Int.max - $0, ordering: .relaxed) }
        parallelFor(Int.min..<Int.min + 100) { shared.pointee.wrappingAdd($0 - Int.min, ordering: .relaxed) }
      }
      #expect(sum.load(ordering: .relaxed) == 100 * 101 / 2 + 99 * 100 / 2)
    }
  }

  /// Nobody could wait for it; but its first integers are visited, and each of its halves in its turn.
  @Test func loopOverMoreThanTheLargestInteger() {
    struct Enough: Error {}
    withPool(4) { _ in
      #expect(throws: Enough.self) {
        try parallelFor(Int.min..<Int.max) { (index) throws(Enough) in
          if index >= Int.min + 100 { throw Enough() }
        }
      }
      let chunks = WeftThreads.Mutex<[Range<Int>]>([])
      parallelHalves(0..<7) { chunk in chunks.withLock { $0.append(chunk) } }
      let visited = chunks.withLock { $0 }
      #expect(visited.flatMap { $0 }.sorted() == Array(0..<7))
      // The second half is begun when the first has ended.
      #expect(visited.map { $0.lowerBound < 3 } == visited.map { $0.lowerBound < 3 }.sorted { $0 && !$1 })
    }
  }

  @Test(arguments: [2, 8]) func loopsNestInLoopsAndJoins(threads: Int) {
    withPool(threads) { _ in
      let total = Atomic<Int>(0)
      withUnsafePointer(to: total) { pointer in
        nonisolated(unsafe) let shared = pointer
        parallelFor(0..<20) { outer in
          _ = join(
            { parallelFor(0..<50) { inner in shared.pointee.add(outer * inner, ordering: .relaxed) } },
            { parallelFor(0..<50) { inner in shared.pointee.add(outer * inner, ordering: .relaxed) } })
        }
      }
      #expect(total.load(ordering: .relaxed) == 2 * (0..<20).reduce(0, +) * (0..<50).reduce(0, +))
    }
  }

  @Test func otherThreadsTakePart() {
    withPool(4) { _ in
      // Each element waits until all four are under way, so this ends only if four threads run them.
      let arrived = Atomic<Int>(0)
      withUnsafePointer(to: arrived) { pointer in
        nonisolated(unsafe) let shared = pointer
        parallelFor(0..<4) { _ in
          shared.pointee.add(1, ordering: .relaxed)
          while shared.pointee.load(ordering: .relaxed) < 4 {}
        }
      }
      #expect(arrived.load(ordering: .relaxed) == 4)
    }
  }

  @Test func threadsOutsideThePoolAreGuests() {
    // More threads than there are places: those without one run alone, and correctly.
    nonisolated(unsafe) var results = [Int](repeating: 0, count: 12)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let shared = buffer
      let threads = (0..<12).map { index in Thread.spawn(name: ThreadName("guest-", number: index)) { shared[index] = fib(18) } }
      for thread in threads { thread.join() }
    }
    #expect(results == [Int](repeating: 2584, count: 12))
  }

  @Test func submittedCallsAllRun() {
    let pool = Pool(threads: 3, callerTakesPart: false, stackSize: 1 << 18)
    let done = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    done.initialize(to: Atomic(0))
    let calls = UnsafeMutablePointer<Call>.allocate(capacity: 1000)
    for index in 0..<1000 {
      (calls + index).initialize(
        to: Call(
          { argument in
            let done = argument.assumingMemoryBound(to: Atomic<Int32>.self)
            if fib(8) == 21 { done.pointee.add(1, ordering: .releasing) }
          }, UnsafeMutableRawPointer(done)))
      pool.submit(calls + index)
    }
    while done.pointee.load(ordering: .acquiring) < 1000 {}
    pool.shutdown()
    calls.deallocate()
    done.deallocate()
  }

  /// A program that runs for days wakes threads more often than their count can say.
  @Test func theCountOfWakeUpsGoesRound() {
    withPool(2) { pool in
      let sleepers = Worker.current!.pointee.pool.pointee.sleepers
      sleepers.pointee.events.store(.max, ordering: .relaxed)
      sleepers.wake(1)
      let answers = Atomic<Int>(0)
      withUnsafePointer(to: answers) { pointer in
        // Holds: this function waits for the call.
        nonisolated(unsafe) let answers = pointer
        pool.submit { answers.pointee.store(1, ordering: .releasing) }
        while answers.pointee.load(ordering: .acquiring) == 0 {}
      }
    }
  }

  @Test func poolsStartAndStopManyTimes() {
    for round in 1...200 {
      withPool(1 + round % 5) { _ in
        #expect(fib(5) == 5)
      }
    }
  }

  @Test(arguments: [2, 5, 16]) func randomNestingIsStable(threads: Int) {
    withPool(threads) { _ in
      for seed in 0..<30 { #expect(tree(UInt64(seed), depth: 9) == sequentialTree(UInt64(seed), depth: 9)) }
    }
  }
}

/// Work of an irregular shape, whose result tells whether each part ran exactly once.
private func tree(_ seed: UInt64, depth: Int) -> UInt64 {
  if depth == 0 { return spin(seed) }
  let next = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
  if next >> 60 == 0 { return spin(seed) }
  let (a, b) = join({ tree(next, depth: depth - 1) }, { tree(next ^ 0xFFFF, depth: depth - 1) })
  return a &* 31 &+ b
}

private func sequentialTree(_ seed: UInt64, depth: Int) -> UInt64 {
  if depth == 0 { return spin(seed) }
  let next = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
  if next >> 60 == 0 { return spin(seed) }
  return sequentialTree(next, depth: depth - 1) &* 31 &+ sequentialTree(next ^ 0xFFFF, depth: depth - 1)
}

private func spin(_ seed: UInt64) -> UInt64 {
  var value = seed
  for _ in 0..<(seed >> 57) { value = value &* 0x9E37_79B9_7F4A_7C15 ^ (value >> 29) }
  return value
}
