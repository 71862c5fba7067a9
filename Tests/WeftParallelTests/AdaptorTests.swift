import Synchronization
import Testing
import WeftParallel

/// Each adaptor with each consumer, against the standard library.
@Suite(.serialized) struct AdaptorTests {
  @Test(arguments: threadCounts) func ofIndexedSequences(threads: Int) {
    withPool(threads) {
      for count in [0, 1, 300, 1100] {
        let values = randomIntegers(count)
        expectIndexed(values.parallel, values)
        expectIndexed(values.parallel.map { $0 &* 3 }, values.map { $0 &* 3 })
        #if !arch(wasm32) && !arch(wasm64)
          expectIndexed(values.parallel.enumerated().map { $0.offset &- $0.element }, values.enumerated().map { $0 &- $1 })
          expectIndexed(values.parallel.reversed(), values.reversed())
          expectIndexed(values.parallel.dropFirst(5), Array(values.dropFirst(5)))
          expectIndexed(values.parallel.prefix(1000), Array(values.prefix(1000)))
          expectIndexed(values.parallel.striding(by: 7), stride(from: 0, to: count, by: 7).map { values[$0] })
        #endif
        expectIndexed(values.parallel.inspect { _ in }, values)
        expectIndexed(
          zip(values.parallel, values.dropFirst(3).parallel).map { $0.0 &- $0.1 }, zip(values, values.dropFirst(3)).map { $0 &- $1 })
        expectIndexed(
          zip(equalLength: values.parallel, values.parallel.reversed()).map { $0.0 &- $0.1 },
          zip(values, values.reversed()).map { $0 &- $1 })
        expectIndexed(chain(values.parallel, values.parallel.prefix(7)), values + values.prefix(7))
        expectIndexed(values.parallel.minimumSplitLength(50), values)
        expectIndexed(values.parallel.maximumSplitLength(3), values)
        expectIndexed(
          values.parallel.windows(ofCount: 4).map { $0.reduce(0, &+) },
          count < 4 ? [] : (0...count - 4).map { values[$0..<$0 + 4].reduce(0, &+) })
        expectIndexed(
          values.parallel.chunks(ofCount: 64).map { $0.buffer.last ?? -1 },
          stride(from: 0, to: count, by: 64).map { values[min($0 + 63, count - 1)] })
      }
    }
  }

  @Test(arguments: threadCounts) func ofOtherSequences(threads: Int) {
    withPool(threads) {
      for count in [0, 1, 300, 1100] {
        let values = randomIntegers(count)
        expectElements(values.parallel.filter { $0 % 2 == 0 }, values.filter { $0 % 2 == 0 })
        expectElements(values.parallel.filter { $0 % 64 == 0 }, values.filter { $0 % 64 == 0 })
        expectElements(values.parallel.compactMap { $0 % 3 == 0 ? nil : $0 / 3 }, values.compactMap { $0 % 3 == 0 ? nil : $0 / 3 })
        expectElements(values.parallel.flatMap { $0..<$0 + $0 % 4 }, values.flatMap { $0..<$0 + $0 % 4 })
        expectElements(
          values.parallel.flatMap { value in (0..<value % 4).parallel.map { value + $0 } },
          values.flatMap { value in (0..<value % 4).map { value + $0 } })
        expectElements(chain(values.parallel.filter { $0 % 2 == 0 }, values.parallel), values.filter { $0 % 2 == 0 } + values)
        expectElements(
          values.parallel.filter { $0 % 5 == 0 }.maximumSplitLength(9).inspect { _ in }, values.filter { $0 % 5 == 0 })
        #if !arch(wasm32) && !arch(wasm64)
          expectElements(values.parallel.chunks(ofCount: 3).flatMap { $0 }, values)
          expectElements(values.parallel.fold([Int]()) { $0.append($1) }.flatMap { $0 }, values)
          expectElements(values.parallelConsuming(), values)
          expectElements(values.parallelBridge(), values, isOrdered: false)
        #endif
        expectElements(
          values.parallel.map(withState: { [Int]() }) { buffer, value in
            buffer.append(value)
            return buffer.last! &+ 1
          }, values.map { $0 &+ 1 })
      }
    }
  }

  @Test func splitLengthsAreKept() {
    onAnyThreads {
      // The state tells how many elements a piece has.
      let runs = (0..<10_000).parallel.maximumSplitLength(10).map(withState: { 0 }) { (count: inout Int, _) in
        count += 1
        return count
      }.collect()
      #expect(runs.max() ?? 0 <= 10)
      let chunks = (0..<10_000).parallel.minimumSplitLength(100).map(withState: { 0 }) { (count: inout Int, _) in
        count += 1
        return count
      }.collect()
      // A piece of fewer than 100 could only be the last one.
      #expect(chunks.count { $0 == 1 } <= 100)
    }
  }

  @Test func inspectSeesEachElementOnce() {
    onAnyThreads {
      let seen = Instances()
      (0..<3000).parallel.filter { $0 % 2 == 0 }.inspect { _ in seen.count.add(1, ordering: .relaxed) }.forEach { _ in }
      #expect(seen.now == 1500)
    }
  }
}
