import Synchronization
import Weft

/// Compares pipelines and sorts of `count` elements with the standard library; a bit for each that differs.
@JS func collectionsDiffer(count: Int, seed: Int) -> Int {
  var random = Random(state: UInt64(seed))
  let numbers = (0..<count).map { _ in Int32(truncatingIfNeeded: random.next() >> 40) }
  let reals = numbers.map { Double($0) / 7 }
  let offset = Int32(seed)
  var differences = Differences()

  differences.note(numbers.parallel.map { $0 &* 2 &+ offset }.collect() == numbers.map { $0 &* 2 &+ offset })
  differences.note(numbers.parallel.filter { $0 & 3 == 0 }.collect() == numbers.filter { $0 & 3 == 0 })
  differences.note(numbers.parallel.compactMap { $0 < 0 ? nil : Int64($0) }.collect() == numbers.compactMap { $0 < 0 ? nil : Int64($0) })
  differences.note(numbers.parallel.map { Int64($0) }.sum() == numbers.reduce(0) { $0 + Int64($1) })
  differences.note(zip(numbers.parallel, reals.parallel).map { Double($0) * $1 }.collect() == zip(numbers, reals).map { Double($0) * $1 })
  differences.note(numbers.parallel.min() == numbers.min() && numbers.parallel.max() == numbers.max())
  differences.note(numbers.parallel.firstIndex { $0 & 63 == 5 } == numbers.firstIndex { $0 & 63 == 5 })
  differences.note(numbers.parallel.contains { $0 & 63 == 5 } == numbers.contains { $0 & 63 == 5 })
  differences.note((numbers.parallel.anyElement { $0 & 63 == 5 } ?? 5) & 63 == 5)
  differences.note(numbers.parallel.reversed().collect() == numbers.reversed())
  differences.note(numbers.parallel.filter { $0 > 0 }.count() == numbers.count { $0 > 0 })
  differences.note(numbers.span.withParallel { $0.map { $0 &+ 1 }.collect() } == numbers.map { $0 &+ 1 })
  var doubled = numbers
  var span = doubled.mutableSpan
  span.withParallelMutableElements { elements in elements.forEach { $0.value &*= 2 } }
  differences.note(doubled == numbers.map { $0 &* 2 })
  let lists = numbers.map { [$0, offset] }
  differences.note(lists.parallelConsuming().filter { $0[0] & 1 == 0 }.collect() == lists.filter { $0[0] & 1 == 0 })
  differences.note(lists.lazy.map { $0[0] }.parallelBridgeInOrder().collect() == numbers)
  let remainders = Dictionary(numbers.parallel.map { ($0 & 7, 1) }, uniquingKeysWith: +)
  let groups = Dictionary(grouping: numbers.parallel) { $0 & 7 }
  differences.note((0..<8).allSatisfy { rest in remainders[rest] ?? 0 == numbers.count { $0 & 7 == rest } })
  differences.note((0..<8).allSatisfy { rest in groups[rest] ?? [] == numbers.filter { $0 & 7 == rest } })
  differences.note(numbers.parallelSorted() == numbers.sorted())
  differences.note(reals.parallelSorted() == reals.sorted())
  differences.note(numbers.parallelSorted { $1 < $0 } == numbers.sorted { $1 < $0 })
  differences.note(numbers.parallelStableSorted { $0 & 255 } == numbers.sorted { $0 & 255 < $1 & 255 })
  return differences.bits
}

/// The sum of `count` fractions, which must have the same bits on any number of threads.
@JS func sumOfFractions(_ count: Int) -> Double {
  (0..<count).parallel.map { 1 / Double($0 + 1) }.sum()
}

/// The sum of the squares of a buffer that JavaScript made.
@JS func sumOfSquares(_ data: SharedBuffer<Double>) -> Double { data.parallel.map { $0 * $0 }.sum() }

/// Forks, loops, scopes, errors and broadcasts; a bit for each whose result is wrong.
@JS func schedulerDiffers(rounds: Int) -> Int {
  var differences = Differences()
  for round in 0..<rounds {
    differences.begin()
    differences.note(fibonacci(12) == 144)
    let counter = Counter()
    scope { scope in for number in 0..<round { scope.spawn { counter.add(number) } } }
    differences.note(counter.value == round * (round - 1) / 2)
    do throws(Refused) {
      try parallelFor(0..<1000) { (index) throws(Refused) in if index >= round { throw Refused(index: index) } }
      differences.note(round >= 1000)
    } catch {
      differences.note(error.index >= round)
    }
    let indices = Pool.current.broadcast { $0 }
    differences.note(indices == (0..<indices.count).map { $0 })
    let cancellation = Cancellation()
    let progress = ProgressCounter(total: 500)
    try? parallelFor(0..<500, cancellation: cancellation, progress: progress) { _ in }
    differences.note(progress.completed == 500)
  }
  return differences.bits
}

/// Bytes of a trace of some work.
@JS func traced() -> [UInt8] {
  Pool.current.startTracing()
  for _ in 0..<20 { _ = fibonacci(18) }
  return Pool.current.stopTracing()
}

private func fibonacci(_ number: Int) -> Int {
  if number < 2 { return number }
  let (a, b) = join({ fibonacci(number - 1) }, { fibonacci(number - 2) })
  return a + b
}

private struct Refused: Error {
  let index: Int
}

/// A bit for each check, in the order of the calls.
struct Differences {
  private(set) var bits = 0
  private var next = 1

  mutating func note(_ isRight: Bool) {
    if !isRight { bits |= next }
    next <<= 1
  }

  mutating func begin() { next = 1 }
}

private final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  func add(_ amount: Int) { count.add(amount, ordering: .relaxed) }
  var value: Int { count.load(ordering: .relaxed) }
}
