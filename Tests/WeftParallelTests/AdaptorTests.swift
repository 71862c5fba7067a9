import Testing
import WeftParallel

/// Each adaptor, consumed in several ways, against the standard library.
@Suite struct AdaptorTests {
  /// Compares all that can be done with elements of which each position has one.
  func expectIndexed(
    _ expected: [Int], sourceLocation: SourceLocation = #_sourceLocation, _ pipeline: () -> some IndexedParallelSequence<Int>
  ) {
    expectElements(expected, sourceLocation: sourceLocation, pipeline)
    let place = sourceLocation
    expectEqual(
      pipeline().enumerated().map { $0.offset &* 3 ^ $0.element }.collect(), expected.enumerated().map { $0 &* 3 ^ $1 },
      sourceLocation: place)
    expectEqual(pipeline().count(), expected.count, sourceLocation: place)
    expectEqual(pipeline().firstIndex { $0 % 100 == 7 }, expected.firstIndex { $0 % 100 == 7 }, sourceLocation: place)
    expectEqual(pipeline().reversed().collect(), expected.reversed(), sourceLocation: place)
    expectEqual(pipeline().dropFirst(5).prefix(1000).collect(), Array(expected.dropFirst(5).prefix(1000)), sourceLocation: place)
  }

  /// Compares all that can be done with any elements.
  func expectElements(
    _ expected: [Int], sourceLocation: SourceLocation = #_sourceLocation, _ pipeline: () -> some ParallelSequence<Int>
  ) {
    let place = sourceLocation
    expectEqual(pipeline().collect(), expected, sourceLocation: place)
    expectEqual(pipeline().map(String.init).collect(), expected.map(String.init), sourceLocation: place)
    expectEqual(pipeline().filter { $0 % 3 == 0 }.collect(), expected.filter { $0 % 3 == 0 }, sourceLocation: place)
    expectEqual(pipeline().reduce(0) { $0 &+ $1 }, expected.reduce(0, &+), sourceLocation: place)
    expectEqual(pipeline().count(), expected.count, sourceLocation: place)
    expectEqual(pipeline().min(), expected.min(), sourceLocation: place)
    expectEqual(pipeline().first { $0 % 100 == 7 }, expected.first { $0 % 100 == 7 }, sourceLocation: place)
  }

  @Test(arguments: [0, 1, 300, 20_000]) func ofIndexedSequences(count: Int) {
    let values = randomIntegers(count)
    expectIndexed(values) { values.parallel }
    expectIndexed(values.map { $0 &* 3 }) { values.parallel.map { $0 &* 3 } }
    expectIndexed(values) { values.parallel.inspect { _ in } }
    expectIndexed(values.enumerated().filter { $0.offset % 7 == 0 }.map(\.element)) { values.parallel.striding(by: 7) }
    expectIndexed(zip(values, values.dropFirst(3)).map { $0 &- $1 }) {
      zip(values.parallel, values.dropFirst(3).parallel).map { $0.0 &- $0.1 }
    }
    expectIndexed(zip(values, values.reversed()).map { $0 &- $1 }) {
      zip(equalLength: values.parallel, values.parallel.reversed()).map { $0.0 &- $0.1 }
    }
    expectIndexed(values + values.prefix(7)) { chain(values.parallel, values.parallel.prefix(7)) }
    expectIndexed(values) { values.parallel.minimumSplitLength(50) }
    expectIndexed(values) { values.parallel.maximumSplitLength(3) }
  }

  @Test(arguments: [0, 1, 300, 20_000]) func ofOtherSequences(count: Int) {
    let values = randomIntegers(count)
    expectElements(values.filter { $0 % 2 == 0 }) { values.parallel.filter { $0 % 2 == 0 } }
    expectElements(values.filter { $0 % 64 == 0 }) { values.parallel.filter { $0 % 64 == 0 } }
    expectElements(values.compactMap { $0 % 3 == 0 ? nil : $0 / 3 }) { values.parallel.compactMap { $0 % 3 == 0 ? nil : $0 / 3 } }
    expectElements(values.flatMap { $0..<$0 + $0 % 4 }) { values.parallel.flatMap { $0..<$0 + $0 % 4 } }
    expectElements(values.filter { $0 % 2 == 0 } + values) { chain(values.parallel.filter { $0 % 2 == 0 }, values.parallel) }
    expectElements(values.filter { $0 % 5 == 0 }) { values.parallel.filter { $0 % 5 == 0 }.maximumSplitLength(9).inspect { _ in } }
  }
}
