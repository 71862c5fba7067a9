import Testing
import WeftParallel

@Suite struct ReduceTests {
  @Test(arguments: lengths) func sumsOfIntegers(count: Int) {
    let values = randomIntegers(count)
    expectEqual(values.parallel.sum(), values.reduce(0, +))
    expectEqual(values.parallel.map { $0 &* 3 }.filter { $0 % 2 == 0 }.sum(), values.map { $0 &* 3 }.filter { $0 % 2 == 0 }.reduce(0, +))
  }

  @Test(arguments: lengths) func floatingPointHasTheSameBitsOnAnyThreads(count: Int) {
    let values = randomNumbers(count)
    var expected: [UInt64]?
    for threads in threadCounts {
      withPool(threads) {
        let bits = [
          values.parallel.sum(), values.parallel.filter { $0 > 0.3 }.sum(), values.parallel.map { $0 * 3 }.reduce(0, +),
          values.parallel.reduce { $0 + $1 } ?? -1, values.parallel.map { $0 + 0.6 }.product(),
        ].map(\.bitPattern)
        #expect(bits == expected ?? bits)
        expected = bits
      }
    }
    #expect(abs(values.parallel.sum() - values.reduce(0, +)) <= 1e-12 * Double(count) * Double(count))
    if count <= 256 { #expect(values.parallel.reduce(0.5, +) == values.reduce(0.5, +)) }
  }

  @Test(arguments: lengths) func reduceKeepsTheOrder(count: Int) {
    let words = randomIntegers(count).map(String.init)
    expectEqual(words.parallel.reduce(">", +), words.reduce(">", +))
    expectEqual(words.parallel.reduce(+), count == 0 ? nil : words.reduce("", +))
    expectEqual(words.parallel.filter { $0.count % 2 == 0 }.reduce(">", +), words.filter { $0.count % 2 == 0 }.reduce(">", +))
  }

  @Test func countsWhatFiltersLeave() {
    let values = randomIntegers(10_000)
    expectEqual(values.parallel.filter { $0 % 3 == 0 }.count(), values.count { $0 % 3 == 0 })
    expectEqual(values.parallel.map { $0 &+ 1 }.count(), 10_000)
  }
}
