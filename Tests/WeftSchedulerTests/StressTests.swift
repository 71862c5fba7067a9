import Testing
import WeftPlatform

@testable import WeftScheduler

#if canImport(Foundation)
  import Foundation
#endif

/// Random programs of all that the scheduler offers, others in each run, each compared to what it gives when run in sequence.
///
/// For two seconds, or as many as `WEFT_STRESS_SECONDS` says.
@Suite struct StressTests {
  @Test(.serialized, arguments: [2, 3, 16]) func randomProgramsGiveTheSequentialResult(threads: Int) {
    let end = monotonicNanoseconds() + UInt64(seconds * 1e9)
    withPool(threads) { pool in
      var seed = UInt64.random(in: 0...UInt64.max)
      repeat {
        seed &+= 0x9E37_79B9_7F4A_7C15
        let expected = Program(seed: seed, pool: nil).run(depth: 5)
        let result = Program(seed: seed, pool: pool).run(depth: 5)
        if result != expected { Issue.record("seed \(seed): \(result), not \(expected)") }
      } while monotonicNanoseconds() < end
    }
  }
}

/// There is no environment on the web.
private var seconds: Double {
  #if canImport(Foundation)
    ProcessInfo.processInfo.environment["WEFT_STRESS_SECONDS"].flatMap(Double.init) ?? 2
  #else
    2
  #endif
}

/// A tree of work whose shape and result depend on the seed alone.
private struct Program: Sendable {
  var seed: UInt64
  /// Where it runs; nil for in sequence.
  let pool: Pool?

  func run(depth: Int) -> UInt64 {
    let count = Int(mixed(1) % 7)
    if depth == 0 { return spin(mixed(2) % 500) }
    switch mixed(3) % 6 {
    case 0: return joined(depth)
    case 1: return looped(count, depth)
    case 2: return scoped(count, depth)
    case 3: return failing(depth)
    case 4: return failingLoop(count, depth)
    default: return cancelled(count, depth)
    }
  }

  private func joined(_ depth: Int) -> UInt64 {
    guard pool != nil else { return child(0).run(depth: depth - 1) &* 31 &+ child(1).run(depth: depth - 1) }
    let (a, b) = join({ child(0).run(depth: depth - 1) }, { child(1).run(depth: depth - 1) })
    return a &* 31 &+ b
  }

  private func looped(_ count: Int, _ depth: Int) -> UInt64 {
    let sum = Sum()
    forEach(count) { sum.add(child($0).run(depth: depth - 1)) }
    return sum.value
  }

  private func scoped(_ count: Int, _ depth: Int) -> UInt64 {
    guard pool != nil else { return looped(count, depth) }
    let sum = Sum()
    scope { scope in
      for index in 0..<count { scope.spawn { sum.add(child(index).run(depth: depth - 1)) } }
    }
    return sum.value
  }

  /// One branch throws; the other's result does not count, since it may not have run.
  private func failing(_ depth: Int) -> UInt64 {
    guard pool != nil else { return 77 }
    do throws(Failed) {
      _ = try join(
        { () throws(Failed) -> UInt64 in child(0).run(depth: depth - 1) },
        { () throws(Failed) -> UInt64 in throw Failed(number: 77) })
      return 0
    } catch { return UInt64(error.number) }
  }

  private func failingLoop(_ count: Int, _ depth: Int) -> UInt64 {
    guard pool != nil else { return UInt64(count) }
    do throws(Failed) {
      try parallelFor(0..<100) { (index) throws(Failed) in
        if index == 50 { throw Failed(number: count) }
        if index < 2 { _ = child(index).run(depth: depth - 1) }
      }
      return 1000
    } catch { return UInt64(error.number) }
  }

  /// Whether it ends early depends on who is faster.
  private func cancelled(_ count: Int, _ depth: Int) -> UInt64 {
    guard pool != nil else { return 5 }
    let cancellation = Cancellation()
    try? parallelFor(0..<1000, cancellation: cancellation) { index in
      if index == 0 { cancellation.cancel() }
      if index == 1 { _ = child(1).run(depth: depth - 1) }
    }
    return 5
  }

  private func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if pool == nil { (0..<count).forEach(body) } else { parallelFor(0..<count, body) }
  }

  private func child(_ index: Int) -> Program { Program(seed: mixed(UInt64(index) &+ 11), pool: pool) }

  private func mixed(_ salt: UInt64) -> UInt64 {
    var value = seed &+ salt &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  private func spin(_ turns: UInt64) -> UInt64 {
    var value = seed
    for _ in 0..<turns { value = value &* 6_364_136_223_846_793_005 &+ 1 }
    return value
  }
}

/// A sum in any order.
private final class Sum: Sendable {
  private let counter = Counter()
  func add(_ value: UInt64) { counter.add(Int(value % 1_000_003)) }
  var value: UInt64 { UInt64(counter.value) }
}
