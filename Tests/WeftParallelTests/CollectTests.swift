import Testing
import WeftParallel

@Suite struct CollectTests {
  @Test(arguments: lengths) func indexedSequences(count: Int) {
    let values = randomIntegers(count)
    expectOnAnyThreads(values.map { $0 &* 7 }) { values.parallel.map { $0 &* 7 }.collect() }
    expectOnAnyThreads(values.map(String.init)) { values.parallel.map(String.init).collect() }
    expectOnAnyThreads(values.enumerated().map { $0 ^ $1 }) { values.parallel.enumerated().map { $0.offset ^ $0.element }.collect() }
    expectOnAnyThreads(zip(values, 3..<1000).map { $0 &+ $1 }) {
      zip(values.parallel, (3..<1000).parallel).map { $0.0 &+ $0.1 }.collect()
    }
  }
}
