import Synchronization
import Testing
import WeftParallel

@Suite(.serialized) struct ReduceTests {
  @Test func sumsOfIntegers() {
    onAnyThreads {
      for count in lengths {
        // The sum of all fits into 32 bits, which `Int` has on the web.
        let values = randomIntegers(count).map { $0 % 10_000 }
        expectEqual(values.parallel.sum(), values.reduce(0, +))
        expectEqual(
          values.parallel.map { $0 &* 3 }.filter { $0 % 2 == 0 }.sum(), values.map { $0 &* 3 }.filter { $0 % 2 == 0 }.reduce(0, +))
        expectEqual(values.parallel.map { $0 % 3 &+ 1 }.reduce(1) { $0 &* $1 }, values.map { $0 % 3 &+ 1 }.reduce(1, &*))
        expectEqual(values.parallel.filter { $0 % 3 == 0 }.count(), values.count { $0 % 3 == 0 })
        expectEqual(values.parallel.map { $0 &+ 1 }.count(), count)
      }
    }
  }

  @Test func floatingPointHasTheSameBitsOnAnyThreads() {
    var expected: [[UInt64]] = []
    onAnyThreads {
      let bits = lengths.map { count in
        let values = randomNumbers(count)
        return [
          values.parallel.sum(), values.parallel.filter { $0 > 0.3 }.sum(), values.parallel.map { $0 * 3 }.reduce(0, +),
          values.parallel.reduce { $0 + $1 } ?? -1, values.parallel.map { $0 + 0.6 }.product(),
          values.parallel.inclusiveScan(+).last ?? -1, values.parallel.fold(0) { $0 += $1 }.sum(),
        ].map { $0.bitPattern }
      }
      if expected.isEmpty { expected = bits }
      expectEqual(bits, expected)
    }
    for count in lengths {
      let values = randomNumbers(count)
      #expect(abs(values.parallel.sum() - values.reduce(0, +)) <= 1e-9)
      if count <= 256 { #expect(values.parallel.reduce(0.5, +) == values.reduce(0.5, +)) }
    }
  }

  @Test func reduceKeepsTheOrder() {
    onAnyThreads {
      for count in lengths where count < 10_000 {
        let words = randomIntegers(count).map(String.init)
        expectEqual(words.parallel.reduce(">", +), words.reduce(">", +))
        expectEqual(words.parallel.reduce(+), count == 0 ? nil : words.reduce("", +))
        let short = words.filter { $0.count % 2 == 0 }
        expectEqual(words.parallel.filter { $0.count % 2 == 0 }.reduce(">", +), short.reduce(">", +))
      }
    }
  }

  /// One position goes a way of its own.
  @Test func reduceOfOnePositionAndOfNone() {
    struct Refused: Error {}
    let made = Atomic<Int>(0)
    onAnyThreads {
      let seven = [7]
      expectEqual(seven.parallel.flatMap { ["a", "b", String($0)] }.reduce(">", +), ">ab7")
      expectEqual(seven.parallel.flatMap { ["a", "b", String($0)] }.reduce(+), "ab7")
      expectEqual(seven.parallel.filter { $0 > 7 }.reduce(1, +), 1)
      expectEqual(seven.parallel.filter { $0 > 7 }.reduce(+), nil)
      #expect(throws: Refused.self) { try seven.parallel.reduce(1) { (_, _) throws(Refused) in throw Refused() } }
      expectEqual(seven.parallel.filter { $0 > 6 }.collect(), seven)
      #expect(throws: Refused.self) { try seven.parallel.filter { $0 > 6 }.collect { (_) throws(Refused) -> Int in throw Refused() } }
      // Blocks are added by themselves where they are longer than one position: 1 is lost beside 1e16, 2 is not.
      expectEqual([1.0, 1.0].parallel.minimumSplitLength(2).reduce(1e16, +), 1e16 + 2)
      withUnsafePointer(to: made) { pointer in
        nonisolated(unsafe) let made = pointer
        expectEqual([Int]().parallel.map(withState: { made.pointee.wrappingAdd(1, ordering: .relaxed) }) { $1 }.reduce(3, +), 3)
      }
    }
    #expect(made.load(ordering: .relaxed) == 0)
  }

  @Test func scans() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count).map { $0 % 10_000 }
        var sums = [Int]()
        for value in values { sums.append((sums.last ?? 0) + value) }
        expectEqual(values.parallel.inclusiveScan(+), sums)
        expectEqual(values.parallel.exclusiveScan(5, +), count == 0 ? [] : [5] + sums.dropLast().map { $0 + 5 })
      }
      let words = randomIntegers(700).map { String($0 % 10) }
      var texts = [String]()
      for word in words { texts.append((texts.last ?? "") + word) }
      expectEqual(words.parallel.inclusiveScan(+), texts)
    }
  }

  @Test func scansOfPiecesThatEndAtTheSameTime() {
    // A piece may become the next one in the very moment in which its thread looks whether it is.
    withPool(4) {
      let values = Array(1...2000)
      var sums = [Int]()
      for value in values { sums.append((sums.last ?? 0) + value) }
      for _ in 0..<4000 { expectEqual(values.parallel.maximumSplitLength(8).inclusiveScan(+), sums) }
    }
  }

  @Test func folds() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count).map { $0 % 10_000 }
        expectEqual(values.parallel.fold([Int]()) { $0.append($1) }.reduce([], +), values)
        let blocks = values.parallel.minimumSplitLength(100).fold(0) { $0 += $1 }
        expectEqual(blocks.sum(), values.reduce(0, +))
        #expect(blocks.count() <= count / 100 + 1)
      }
    }
  }
}
