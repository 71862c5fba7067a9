import Testing
import WeftParallel

@Suite struct SortNumbersTests {
  func check<Number: FixedWidthInteger & Sendable>(_ type: Number.Type) {
    for pattern in Pattern.allCases {
      for length in sortLengths {
        let numbers = pattern.numbers(length).map { Number(truncatingIfNeeded: $0) }
        expectEqual(numbers.parallelSorted(), numbers.sorted(), "\(pattern), \(length) of \(type)")
      }
      let numbers = pattern.numbers(132_001).map { Number(truncatingIfNeeded: $0) }
      expectEqual(numbers.parallelSorted(), numbers.sorted(), "\(pattern), 132 001 of \(type)")
    }
  }

  @Test func everyWidthOfInteger() {
    withPool(3) {
      check(UInt8.self)
      check(Int8.self)
      check(UInt16.self)
      check(Int16.self)
      check(UInt32.self)
      check(Int32.self)
      check(UInt64.self)
      check(Int64.self)
      check(UInt.self)
      check(Int.self)
      check(UInt128.self)
    }
  }

  @Test(arguments: Pattern.allCases) func anyNumberOfThreads(pattern: Pattern) {
    let numbers = pattern.numbers(140_001)
    let expected = numbers.sorted()
    onAnyThreads { expectEqual(numbers.parallelSorted(), expected) }
  }

  @Test func floatingPointWithZerosInfinitiesAndNaN() {
    withPool(4) {
      for length in [10, 100, 1000, 5000, 100_000] {
        var generator = Xorshift(length)
        let special = [0, -0.0, .infinity, -.infinity, .nan, -.nan, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, 1, -1]
        let numbers = (0..<length).map { _ in
          generator.next() % 4 == 0
            ? special.randomElement(using: &generator)! : Double.random(in: -10...10, using: &generator)
        }
        let expected = numbers.sorted { $0.isTotallyOrdered(belowOrEqualTo: $1) && $0.bitPattern != $1.bitPattern }
        expectEqual(numbers.parallelSorted().map { $0.bitPattern }, expected.map { $0.bitPattern })
        let single = numbers.map { Float($0) }
        let expectedSingle = single.sorted { $0.isTotallyOrdered(belowOrEqualTo: $1) && $0.bitPattern != $1.bitPattern }
        expectEqual(single.parallelSorted().map { $0.bitPattern }, expectedSingle.map { $0.bitPattern })
      }
    }
  }

  @Test func stableSortKeepsTheOrderOfZeros() {
    withPool(2) {
      for length in [10, 100, 1000, 100_000] {
        var generator = Xorshift(length)
        let numbers = (0..<length).map { _ in [0, -0.0, 1, -1].randomElement(using: &generator)! }
        let zeros = numbers.filter { $0 == 0 }.map { $0.sign }
        let sorted = numbers.parallelStableSorted()
        expectEqual(sorted, numbers.sorted())
        expectEqual(sorted.filter { $0 == 0 }.map { $0.sign }, zeros)
      }
    }
  }
}
