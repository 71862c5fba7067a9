import Synchronization
import Testing
import WeftParallel

/// Counts its instances.
final class Counted: Sendable, Comparable {
  static let living = Atomic<Int>(0)
  let rank: Int

  init(_ rank: Int) {
    self.rank = rank
    Counted.living.add(1, ordering: .relaxed)
  }

  deinit { Counted.living.subtract(1, ordering: .relaxed) }

  static func < (a: Counted, b: Counted) -> Bool { a.rank < b.rank }
  static func == (a: Counted, b: Counted) -> Bool { a.rank == b.rank }
}

/// Larger than a register, with two parts that are counted.
struct Entry: Sendable {
  var name: String
  var counted: Counted
  var place: Int
}

@Suite(.serialized) struct SortReferencesTests {
  @Test(arguments: [2, 30, 1000, 70_000]) func elementsAreMovedWithoutLeaks(count: Int) {
    withPool(4) {
      let ranks = Pattern.random.numbers(count).map { Int($0 % UInt64(count)) }
      do {
        let entries = ranks.enumerated().map { Entry(name: "the entry of rank \($1)", counted: Counted($1), place: $0) }
        let expected = entries.sorted { ($0.counted, $0.place) < ($1.counted, $1.place) }.map { $0.place }
        expectEqual(entries.parallelStableSorted { $0.counted < $1.counted }.map { $0.place }, expected)
        expectEqual(entries.parallelStableSorted(byKey: { $0.counted.rank }).map { $0.place }, expected)
        expectEqual(entries.parallelSorted { $0.counted > $1.counted }.map { $0.counted.rank }, ranks.sorted(by: >))
        expectEqual(entries.parallelSorted(byKey: { $0.name }).map { $0.name }, entries.map { $0.name }.sorted())
        #if !arch(wasm32)
          // Embedded Swift cannot compare the type of a class, as is done to find out whether keys are numbers.
          expectEqual(entries.parallelStableSorted(byKey: { $0.counted }).map { $0.place }, expected)
          expectEqual(entries.map { $0.counted }.parallelSorted().map { $0.rank }, ranks.sorted())
        #endif
        expectEqual(entries.parallelSorted { _, _ in Bool.random() }.map { $0.place }.sorted(), Array(0..<count))
        #expect(Counted.living.load(ordering: .relaxed) == count)
      }
      #expect(Counted.living.load(ordering: .relaxed) == 0)
    }
  }

  @Test func collectionsOfEachKindAreSortedInPlace() {
    let numbers = Pattern.random.numbers(1000)
    let expected = numbers.sorted()
    var contiguous = ContiguousArray(numbers)
    contiguous.parallelSort()
    expectEqual(Array(contiguous), expected)
    var array = numbers
    array[100..<900].parallelSort()
    #expect(array[100..<900] == numbers[100..<900].sorted()[...])
    #expect(array[..<100] == numbers[..<100])
    var slice = Slice(base: Scattered(values: numbers), bounds: 10..<1000)
    slice.parallelSort(by: >)
    #expect(Array(slice) == numbers[10...].sorted(by: >))
    let copy = array
    array.parallelStableSort()
    expectEqual(array, expected)
    #expect(copy[..<100] == numbers[..<100], "a copy of the array must not change")
    expectEqual(Set(numbers).parallelSorted(), Set(numbers).sorted())
    array.withUnsafeMutableBufferPointer { $0.parallelSort(byKey: { ~$0 }) }
    expectEqual(array, expected.reversed())
    UnsafeMutableBufferPointer<Int>(start: nil, count: 0).parallelSort()
  }
}

/// A collection whose elements are not in one piece of memory.
private struct Scattered: MutableCollection, RandomAccessCollection {
  var values: [UInt64]
  var startIndex: Int { 0 }
  var endIndex: Int { values.count }
  subscript(index: Int) -> UInt64 {
    get { values[index] }
    set { values[index] = newValue }
  }
}
