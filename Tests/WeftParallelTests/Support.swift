#if canImport(Foundation)
  import Foundation
#endif
import Synchronization
import Testing

@testable import WeftScheduler

/// The numbers of threads on which everything must give the same result; others if `WEFT_TEST_THREADS` names some, with spaces between. There is no
/// environment on the web.
let threadCounts: [Int] = {
  #if canImport(Foundation)
    if let named = ProcessInfo.processInfo.environment["WEFT_TEST_THREADS"] { return named.split(separator: " ").map { Int($0)! } }
  #endif
  return [1, 2, 3, 8, 16]
}()

/// Lengths around the limits at which the blocks' lengths change.
let lengths = [0, 1, 2, 3, 7, 8, 9, 255, 256, 257, 1000, 1024, 1025, 5000, 20_011]

/// Runs `body` in a pool of its own with this many threads, the calling one included.
func withPool(_ threads: Int, _ body: () -> Void) {
  let pool = Pool(threads: threads, callerTakesPart: true, stackSize: 1 << 20)
  #expect(pool.enterAsGuest() != nil)
  body()
  pool.leaveAsGuest()
  pool.shutdown()
}

/// Runs `body` on each number of threads.
func onAnyThreads(_ body: () -> Void) {
  for threads in threadCounts { withPool(threads, body) }
}

/// Where the random numbers of this run begin.
let seed = UInt64.random(in: 0...UInt64.max)

/// Compares without describing the values, which takes minutes for long arrays.
func expectEqual<Value: Equatable>(
  _ actual: Value, _ expected: Value, _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  if actual != expected { Issue.record("\(what) differs, with seed \(seed)", sourceLocation: sourceLocation) }
}

/// Random integers, others in each run.
func randomIntegers(_ count: Int) -> [Int] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: state >> 40)
  }
}

/// Random numbers between 0 and 1 whose sum depends on the order of additions.
func randomNumbers(_ count: Int) -> [Double] { randomIntegers(count).map { Double($0) / Double(1 << 24) } }

/// An object that counts how many of its kind there are.
final class Tallied: Sendable {
  let value: Int
  let instances: Instances

  init(_ value: Int, _ instances: Instances) {
    self.value = value
    self.instances = instances
    instances.count.add(1, ordering: .relaxed)
  }

  deinit { instances.count.subtract(1, ordering: .relaxed) }
}

final class Instances: Sendable {
  let count = Atomic<Int>(0)
  var now: Int { count.load(ordering: .relaxed) }
}

/// An error that says where it comes from.
struct Refused: Error, Equatable {
  let value: Int
}

/// Expects `body` to throw an error with this value.
func expectRefusal(
  _ value: Int, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws(Refused) -> Void
) {
  do throws(Refused) {
    try body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch {
    #expect(error.value == value, sourceLocation: sourceLocation)
  }
}
