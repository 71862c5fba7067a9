import Testing
import WeftParallel

@Suite struct CollectTests {
  @Test(arguments: lengths) func indexedSequences(count: Int) {
    let values = randomIntegers(count)
    expectEqual(values.parallel.map { $0 &* 7 }.collect(), values.map { $0 &* 7 })
    expectEqual(values.parallel.map(String.init).collect(), values.map(String.init))
    expectEqual(values.parallel.enumerated().map { $0.offset ^ $0.element }.collect(), values.enumerated().map { $0 ^ $1 })
    expectEqual(zip(values.parallel, (3..<1000).parallel).map { $0.0 &+ $0.1 }.collect(), zip(values, 3..<1000).map { $0 &+ $1 })
  }
}
