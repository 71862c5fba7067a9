import Testing
import WeftParallel

@Suite(.serialized) struct SearchTests {
  @Test func findsTheFirst() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count).map { $0 % 1000 }
        for wanted in [0, 1, 500, 2000] {
          expectEqual(values.parallel.firstIndex(of: wanted), values.firstIndex(of: wanted))
          expectEqual(values.parallel.contains(wanted), values.contains(wanted))
          let any = values.enumerated().map { ($0, $1) }.parallel.anyElement { $0.1 == wanted }
          expectEqual(any.map { values[$0.0] }, values.contains(wanted) ? wanted : nil)
          expectEqual(values.parallel.allSatisfy { $0 != wanted }, values.allSatisfy { $0 != wanted })
          expectEqual(
            values.parallel.enumerated().filter { $0.element == wanted }.first { _ in true }?.offset,
            values.firstIndex(of: wanted))
        }
      }
    }
  }

  @Test func theExtremesAreTheFirstOfEquals() {
    let values = randomIntegers(5000).enumerated().map { ($0, $1 % 50) }
    onAnyThreads {
      expectEqual(values.parallel.min { $0.1 < $1.1 }?.0, values.min { $0.1 < $1.1 }?.0)
      expectEqual(values.parallel.max { $0.1 < $1.1 }?.0, values.max { $0.1 < $1.1 }?.0)
      expectEqual(values.parallel.min(byKey: { $0.1 })?.0, values.min { $0.1 < $1.1 }?.0)
      expectEqual(values.parallel.max(byKey: { $0.1 })?.0, values.max { $0.1 < $1.1 }?.0)
      #expect(values.parallel.filter { _ in false }.max(byKey: { $0.1 }) == nil)
      expectEqual(values.parallel.map { $0.1 }.max(), values.map { $0.1 }.max())
    }
  }

  @Test(.timeLimit(.minutes(5))) func searchesStopEarly() {
    // Each would take for ever if all elements were tried.
    onAnyThreads {
      let all = (0..<Int.max).parallel
      #expect(all.first { $0 >= 10_000 } == 10_000)
      #expect(all.contains(123_456))
      #expect(all.anyElement { $0 % 1000 == 999 }! % 1000 == 999)
      #expect(!all.allSatisfy { $0 < 1000 })
      #expect(all.firstIndex { $0 > 3000 } == 3001)
    }
  }
}
