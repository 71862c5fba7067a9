import Synchronization
import Testing
import WeftParallel

// All consumers on one pipeline, against the standard library. The pipeline is made anew for each: some can be consumed once.

/// - Parameter isOrdered: Whether the elements come in the order of `expected`.
func expectElements<Pipeline: ParallelSequence<Int>>(
  _ pipeline: @autoclosure () -> Pipeline, _ expected: [Int], isOrdered: Bool = true,
  sourceLocation place: SourceLocation = #_sourceLocation
) {
  func inOrder<Value: Comparable>(_ values: [Value]) -> [Value] { isOrdered ? values : values.sorted() }
  func equal<Value: Equatable>(_ actual: Value, _ expected: Value, _ what: String) {
    expectEqual(actual, expected, what, sourceLocation: place)
  }
  func equalLists<Value: Comparable>(_ actual: [Value], _ expected: [Value], _ what: String) {
    expectEqual(inOrder(actual), inOrder(expected), what, sourceLocation: place)
  }

  equalLists(pipeline().collect(), expected, "collect")
  equalLists(pipeline().map(String.init).collect(), expected.map(String.init), "collect of strings")
  equalLists(pipeline().filter { $0 % 3 == 0 }.collect(), expected.filter { $0 % 3 == 0 }, "filter")
  equal(pipeline().reduce(0) { $0 &+ $1 }, expected.reduce(0, &+), "reduce")
  equal(pipeline().map { $0 & 0xFFFF }.sum(), expected.map { $0 & 0xFFFF }.reduce(0, +), "sum")
  equal(pipeline().count(), expected.count, "count")
  equal(pipeline().min(), expected.min(), "min")
  equal(pipeline().contains(7), expected.contains(7), "contains")
  equal(Set(pipeline()), Set(expected), "Set")

  // A module in which all others are compiled for each pipeline is larger than a page may start at once. Each has a test of its own there.
  #if !arch(wasm32) && !arch(wasm64)
    equalLists(Array(pipeline()), expected, "Array")
    equalLists(pipeline().collect { String($0) }, expected.map { String($0) }, "collect with a closure")
    let (falses, trues) = pipeline().partitioned { $0 % 3 == 0 }
    equalLists(falses, expected.filter { $0 % 3 != 0 }, "partitioned, false")
    equalLists(trues, expected.filter { $0 % 3 == 0 }, "partitioned, true")
    let (firsts, seconds) = pipeline().map { ($0, $0 &* 3) }.unzip()
    equalLists(firsts, expected, "unzip, first")
    equalLists(seconds, expected.map { $0 &* 3 }, "unzip, second")
    var visited = [Int]()
    pipeline().forEachInOrder(windowLength: 100) { visited.append($0) }
    equalLists(visited, expected, "forEachInOrder")

    let total = Atomic<Int>(0)
    pipeline().forEach { total.wrappingAdd($0, ordering: .relaxed) }
    equal(total.load(ordering: .relaxed), expected.reduce(0, &+), "forEach")
    equal(pipeline().reduce { $0 &+ $1 }, expected.isEmpty ? nil : expected.reduce(0, &+), "reduce without a value")
    equal(pipeline().accumulate(into: 0, { $0 &+= $1 }, { $0 &+= $1 }), expected.reduce(0, &+), "accumulate")
    equal(pipeline().map { $0 % 500 == 7 ? 3 : 1 }.product(), expected.map { $0 % 500 == 7 ? 3 : 1 }.reduce(1, *), "product")
    equal(pipeline().max(), expected.max(), "max")
    equal(pipeline().allSatisfy { $0 >= 0 }, expected.allSatisfy { $0 >= 0 }, "allSatisfy, true")
    equal(pipeline().allSatisfy { $0 % 100 != 7 }, expected.allSatisfy { $0 % 100 != 7 }, "allSatisfy")
    equal(pipeline().contains { $0 % 100 == 7 }, expected.contains { $0 % 100 == 7 }, "contains(where:)")
    let any = pipeline().anyElement { $0 % 100 == 7 }
    equal(any.map { $0 % 100 == 7 && expected.contains($0) } ?? false, expected.contains { $0 % 100 == 7 }, "anyElement")
    let first = pipeline().first { $0 % 100 == 7 }
    equal(
      isOrdered ? first : first.flatMap { $0 % 100 == 7 ? 1 : 0 }, expected.first { $0 % 100 == 7 }.map { isOrdered ? $0 : 1 },
      "first(where:)")
    if isOrdered {
      equal(pipeline().reduce { $1 }, expected.last, "reduce to the last")
      equal(pipeline().min { $0 % 10 < $1 % 10 }, expected.min { $0 % 10 < $1 % 10 }, "min(by:)")
      equal(pipeline().max { $0 % 10 < $1 % 10 }, expected.max { $0 % 10 < $1 % 10 }, "max(by:)")
      equal(pipeline().min(byKey: { $0 % 10 }), expected.min { $0 % 10 < $1 % 10 }, "min(byKey:)")
      equal(pipeline().max(byKey: { $0 % 10 }), expected.max { $0 % 10 < $1 % 10 }, "max(byKey:)")
    }

    equal(
      pipeline().histogram(binCount: 10) { abs($0 % 10) }, expected.reduce(into: Array(repeating: 0, count: 10)) { $0[abs($1 % 10)] += 1 },
      "histogram")
    let counted = Dictionary(pipeline().map { ($0 % 10, 1) }, uniquingKeysWith: +)
    equal(counted, expected.reduce(into: [:]) { $0[$1 % 10, default: 0] += 1 }, "Dictionary")
    let grouped = Dictionary(grouping: pipeline(), by: { $0 % 10 })
    equal(grouped.mapValues(inOrder), Dictionary(grouping: expected, by: { $0 % 10 }).mapValues(inOrder), "Dictionary(grouping:by:)")
    let unique = Dictionary(uniqueKeysWithValues: Set(pipeline()).map { ($0, 0) }.parallel)
    equal(unique, expected.reduce(into: [:]) { $0[$1] = 0 }, "Dictionary(uniqueKeysWithValues:)")

    if let refused = expected.dropFirst(expected.count / 2).first { expectErrors(pipeline(), refused, sourceLocation: place) }
  #endif
}

#if !arch(wasm32) && !arch(wasm64)
  /// Each consumer whose closure may throw, on a pipeline of which one element or more is refused.
  private func expectErrors<Pipeline: ParallelSequence<Int>>(
    _ pipeline: @autoclosure () -> Pipeline, _ refused: Int, sourceLocation place: SourceLocation
  ) {
    @Sendable func check(_ value: Int) throws(Refused) -> Int {
      if value == refused { throw Refused(value: value) }
      return value
    }
    func expect(_ body: () throws(Refused) -> Void) { expectRefusal(refused, sourceLocation: place, body) }

    expect { () throws(Refused) in try pipeline().forEach { value throws(Refused) in _ = try check(value) } }
    expect { () throws(Refused) in try pipeline().forEachInOrder(windowLength: 100) { value throws(Refused) in _ = try check(value) } }
    expect { () throws(Refused) in _ = try pipeline().collect { value throws(Refused) in try check(value) } }
    expect { () throws(Refused) in _ = try pipeline().partitioned { value throws(Refused) in try check(value) == refused } }
    expect { () throws(Refused) in
      _ = try pipeline().accumulate(into: 0, { sum, value throws(Refused) in sum &+= try check(value) }, { $0 &+= $1 })
    }
    expect { () throws(Refused) in _ = try pipeline().histogram(binCount: 1) { value throws(Refused) in try check(value) &* 0 } }
    expect { () throws(Refused) in _ = try Dictionary(grouping: pipeline(), by: { value throws(Refused) in try check(value) }) }
    expect { () throws(Refused) in _ = try pipeline().allSatisfy { value throws(Refused) in try check(value) != refused } }
    expect { () throws(Refused) in _ = try pipeline().contains { value throws(Refused) in try check(value) == refused } }
    expect { () throws(Refused) in _ = try pipeline().first { value throws(Refused) in try check(value) == refused } }
    expect { () throws(Refused) in _ = try pipeline().anyElement { value throws(Refused) in try check(value) == refused } }
    expect { () throws(Refused) in _ = try pipeline().min(byKey: { value throws(Refused) in try check(value) }) }
    expect { () throws(Refused) in _ = try pipeline().max(byKey: { value throws(Refused) in try check(value) }) }
    expect { () throws(Refused) in
      _ = try pipeline().reduce(refused) { (left, right) throws(Refused) in try check(left) &+ right }
    }
  }
#endif

/// Beside all of the above what can be done where each position has one element.
func expectIndexed<Pipeline: IndexedParallelSequence<Int>>(
  _ pipeline: @autoclosure () -> Pipeline, _ expected: [Int], sourceLocation place: SourceLocation = #_sourceLocation
) {
  func equal<Value: Equatable>(_ actual: Value, _ expected: Value, _ what: String) {
    expectEqual(actual, expected, what, sourceLocation: place)
  }
  expectElements(pipeline(), expected, sourceLocation: place)
  equal(pipeline().enumerated().map { $0.offset &* 3 ^ $0.element }.collect(), expected.enumerated().map { $0 &* 3 ^ $1 }, "enumerated")
  equal(pipeline().reversed().collect(), expected.reversed(), "reversed")
  equal(pipeline().dropFirst(5).prefix(1000).collect(), Array(expected.dropFirst(5).prefix(1000)), "dropFirst and prefix")
  equal(pipeline().striding(by: 7).collect(), expected.enumerated().filter { $0.offset % 7 == 0 }.map { $0.element }, "striding")
  equal(pipeline().chunks(ofCount: 3).flatMap { $0 }.collect(), expected, "chunks")
  equal(pipeline().firstIndex { $0 % 100 == 7 }, expected.firstIndex { $0 % 100 == 7 }, "firstIndex(where:)")
  #if !arch(wasm32) && !arch(wasm64)
    equal(pipeline().firstIndex(of: 7), expected.firstIndex(of: 7), "firstIndex(of:)")
    let collected = [Int](unsafeUninitializedCapacity: expected.count) { buffer, count in
      pipeline().collect(into: UnsafeMutableBufferPointer(start: buffer.baseAddress, count: expected.count))
      count = expected.count
    }
    equal(collected, expected, "collect(into:)")
    var sum = 1
    var sums = [1]
    for value in expected {
      sum &+= value
      sums.append(sum)
    }
    equal(pipeline().exclusiveScan(1) { $0 &+ $1 }, sums.dropLast(), "exclusiveScan")
    equal(pipeline().inclusiveScan { $0 &+ $1 }, sums.dropFirst().map { $0 &- 1 }, "inclusiveScan")
    if let refused = expected.dropFirst(expected.count / 2).first {
      expectRefusal(refused, sourceLocation: place) { () throws(Refused) in
        _ = try pipeline().firstIndex { value throws(Refused) in
          if value == refused { throw Refused(value: value) }
          return false
        }
      }
    }
  #endif
}
