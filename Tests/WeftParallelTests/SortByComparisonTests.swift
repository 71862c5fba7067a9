import Testing
import WeftParallel

/// Equal to others with the same rank, and still not the same.
struct Card: Sendable, Equatable {
  var rank: UInt64
  var place: Int
}

@Suite struct SortByComparisonTests {
  func cards(_ pattern: Pattern, _ count: Int) -> [Card] {
    pattern.numbers(count).enumerated().map { Card(rank: $1, place: $0) }
  }

  @Test func unstableSortOfEachLength() {
    withPool(3) {
      for pattern in Pattern.allCases {
        for length in sortLengths {
          let numbers = pattern.numbers(length)
          expectEqual(numbers.parallelSorted(by: >), numbers.sorted(by: >), "\(pattern), \(length)")
        }
      }
    }
  }

  @Test func stableSortOfEachLength() {
    withPool(3) {
      for pattern in Pattern.allCases {
        for length in sortLengths {
          let cards = cards(pattern, length)
          // The standard library's sort is stable, though it does not promise it.
          let expected = cards.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
          expectEqual(cards.parallelStableSorted { $0.rank < $1.rank }, expected, "\(pattern), \(length)")
          expectEqual(cards.parallelStableSorted(byKey: { $0.rank }), expected, "\(pattern), \(length)")
        }
      }
    }
  }

  @Test(arguments: [Pattern.random, .fewValues, .organPipe, .almostSorted, .outlier])
  func anyNumberOfThreads(pattern: Pattern) {
    // Just above the lengths from which closures and keys are sorted in parallel.
    for length in [66_001, 132_001] {
      let cards = cards(pattern, length)
      let expected = cards.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
      onAnyThreads {
        if length > 132_000 { return expectEqual(cards.parallelStableSorted(byKey: { $0.rank }), expected) }
        expectEqual(cards.parallelStableSorted { $0.rank < $1.rank }, expected)
        expectEqual(cards.parallelSorted { $0.rank < $1.rank }.map { $0.rank }, expected.map { $0.rank })
      }
    }
  }

  @Test func unstableSortDoesNotDependOnTheNumberOfThreads() {
    let cards = cards(.fewValues, 100_000)
    var once: [Card] = []
    withPool(1) { once = cards.parallelSorted { $0.rank < $1.rank } }
    onAnyThreads { expectEqual(cards.parallelSorted { $0.rank < $1.rank }, once) }
  }

  @Test func sortFromOutsideAPool() {
    let cards = cards(.random, 100_000)
    let expected = cards.sorted { $0.rank < $1.rank }
    expectEqual(cards.parallelSorted { $0.rank < $1.rank }, expected)
    expectEqual(cards.parallelStableSorted { $0.rank < $1.rank }, expected)
    expectEqual(cards.parallelSorted(byKey: { $0.rank }), expected)
    expectEqual(cards.map { $0.rank }.parallelSorted(), expected.map { $0.rank })
  }

  @Test(arguments: [100, 1000, 70_000]) func ordersThatContradictThemselvesLoseNothing(length: Int) {
    withPool(4) {
      let cards = cards(.random, length)
      let orders: [@Sendable (Card, Card) -> Bool] = [
        { _, _ in true }, { $0.rank ^ $1.rank & 1 == 0 }, { $0.rank <= $1.rank }, { ($0.rank ^ $1.rank) % 3 == 1 },
        { ($0.rank &- $1.rank) >> 63 == 0 }, { $0.place % 7 < $1.place % 5 },
      ]
      for order in orders {
        expectEqual(cards.parallelSorted(by: order).sorted { $0.place < $1.place }, cards)
        expectEqual(cards.parallelStableSorted(by: order).sorted { $0.place < $1.place }, cards)
      }
    }
  }

  @Test func orderThatIsRandomLosesNothing() {
    withPool(4) {
      let cards = cards(.random, 100_000)
      let order: @Sendable (Card, Card) -> Bool = { _, _ in Bool.random() }
      expectEqual(cards.parallelSorted(by: order).sorted { $0.place < $1.place }, cards)
      expectEqual(cards.parallelStableSorted(by: order).sorted { $0.place < $1.place }, cards)
    }
  }
}
