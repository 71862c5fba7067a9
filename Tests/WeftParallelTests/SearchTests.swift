import Synchronization
import Testing
import WeftParallel

@Suite struct SearchTests {
  @Test(arguments: lengths) func findsTheFirst(count: Int) {
    let values = randomIntegers(count).map { $0 % 1000 }
    for wanted in [0, 1, 500, 2000] {
      expectEqual(values.parallel.firstIndex(of: wanted), values.firstIndex(of: wanted))
      expectEqual(values.parallel.contains(wanted), values.contains(wanted))
      expectEqual(values.parallel.allSatisfy { $0 != wanted }, values.allSatisfy { $0 != wanted })
      expectEqual(
        values.parallel.enumerated().filter { $0.element == wanted }.first { _ in true }?.offset,
        values.enumerated().first { $0.element == wanted }?.offset)
    }
  }

  @Test func theExtremesAreTheFirstOfEquals() {
    let values = randomIntegers(5000).enumerated().map { ($0, $1 % 50) }
    func expect(_ expected: (Int, Int)?, _ pipeline: () -> (Int, Int)?) {
      expectEqual(pipeline()?.0, expected?.0)
    }
    expect(values.min { $0.1 < $1.1 }) { values.parallel.min { $0.1 < $1.1 } }
    expect(values.max { $0.1 < $1.1 }) { values.parallel.max { $0.1 < $1.1 } }
    expect(values.min { $0.1 < $1.1 }) { values.parallel.min(byKey: \.1) }
    expect(values.max { $0.1 < $1.1 }) { values.parallel.max(byKey: \.1) }
    expect(nil) { values.parallel.filter { _ in false }.max(byKey: \.1) }
    expectEqual(values.parallel.map { $0.1 }.max(), values.map(\.1).max())
  }

  @Test func searchesStopEarly() {
    // Each would take for ever if all elements were tried.
    withPool(4) {
      let all = (0..<Int.max).parallel
      #expect(all.first { $0 >= 10_000 } == 10_000)
      #expect(all.contains(123_456))
      #expect(!all.allSatisfy { $0 < 1000 })
    }
  }
}
