import Testing
import WeftThreads

@testable import WeftScheduler

/// The numbers of threads on which everything must give the same result.
let threadCounts = [1, 2, 3, 8, 16]

/// Lengths around the limits at which the blocks' lengths change.
let lengths = [0, 1, 2, 3, 7, 8, 9, 255, 256, 257, 1000, 1024, 1025, 5000, 100_001]

/// Runs `body` in a pool of its own with this many threads, the calling one included.
func withPool(_ threads: Int, _ body: () -> Void) {
  let pool = Pool(threads: threads, callerTakesPart: true, stackSize: 1 << 18)
  #expect(pool.enterAsGuest() != nil)
  body()
  pool.leaveAsGuest()
  pool.stop()
  pool.join()
}

/// Runs `body` on each number of threads.
func onAnyThreads(_ body: () -> Void) {
  for threads in threadCounts { withPool(threads, body) }
}

/// Compares without describing the values, which takes minutes for long arrays.
func expectEqual<Value: Equatable>(
  _ actual: Value, _ expected: Value, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if actual != expected { Issue.record("differs on \(threadCount()) threads. \(comment())", sourceLocation: sourceLocation) }
}

private func threadCount() -> Int { Worker.current.map { Int($0.pointee.pool.pointee.threadCount) } ?? 1 }

/// Random integers, the same in each run.
func randomIntegers(_ count: Int, seed: UInt64 = 1) -> [Int] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: state >> 40)
  }
}

/// Random numbers between 0 and 1 whose sum depends on the order of additions.
func randomNumbers(_ count: Int) -> [Double] { randomIntegers(count).map { Double($0) / Double(1 << 24) } }
