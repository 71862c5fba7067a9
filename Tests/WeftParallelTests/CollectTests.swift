import Testing
import WeftParallel

@Suite(.serialized) struct CollectTests {
  @Test func unzipsAndPartitions() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count)
        let (left, right) = values.parallel.map { ($0 &+ 1, String($0)) }.unzip()
        expectEqual(left, values.map { $0 &+ 1 })
        expectEqual(right, values.map(String.init))
        let (some, others) = values.parallel.filter { $0 % 2 == 0 }.map { ($0, $0 / 2) }.unzip()
        expectEqual(some, values.filter { $0 % 2 == 0 })
        expectEqual(others, some.map { $0 / 2 })
        let (no, yes) = values.parallel.partitioned { $0 % 3 == 0 }
        expectEqual(no, values.filter { $0 % 3 != 0 })
        expectEqual(yes, values.filter { $0 % 3 == 0 })
      }
    }
  }

  @Test func dictionariesSetsAndHistograms() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count)
        expectEqual(Set(values.parallel.map { $0 % 100 }), Set(values.map { $0 % 100 }))
        expectEqual(Dictionary(grouping: values.parallel) { $0 % 10 }, Dictionary(grouping: values) { $0 % 10 })
        let pairs = values.map { ($0 % 50, String($0 % 7)) }
        expectEqual(
          Dictionary(pairs.parallel.map { $0 }, uniquingKeysWith: +), dictionary(pairs, +))
        expectEqual(
          Dictionary(uniqueKeysWithValues: values.parallel.enumerated().map { ($0.offset, $0.element) }),
          dictionary(values.enumerated().map { ($0.offset, $0.element) }) { $1 })
        var counts = [Int](repeating: 0, count: 16)
        for value in values { counts[value & 15] += 1 }
        expectEqual(values.parallel.histogram(binCount: 16) { $0 & 15 }, counts)
      }
    }
  }

  @Test func intoMemory() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count)
        var target = [Int](repeating: 0, count: count)
        target.withUnsafeMutableBufferPointer { values.parallel.map { $0 &+ 1 }.collect(into: $0) }
        expectEqual(target, values.map { $0 &+ 1 })
        target.withUnsafeMutableBufferPointer { target in
          values.withUnsafeBufferPointer { target.parallelUpdate(fromContentsOf: $0) }
        }
        expectEqual(target, values)
        target.withUnsafeMutableBufferPointer { $0.parallelUpdate(repeating: 7) }
        expectEqual(target, [Int](repeating: 7, count: count))
      }
    }
  }

  @Test func streamsInOrder() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count)
        var seen = [Int]()
        values.parallel.map { $0 &* 5 }.filter { $0 % 3 != 0 }.forEachInOrder(windowLength: 100) { seen.append($0) }
        expectEqual(seen, values.map { $0 &* 5 }.filter { $0 % 3 != 0 })
        // A window without elements does not end it.
        seen = []
        values.parallel.enumerated().filter { $0.offset > 300 }.forEachInOrder(windowLength: 10) { seen.append($0.element) }
        expectEqual(seen, Array(values.dropFirst(301)))
      }
    }
  }

  @Test func arraysOfObjectsLeakNothing() {
    onAnyThreads {
      let instances = Instances()
      do {
        let objects = (0..<3000).parallel.map { Tallied($0, instances) }.collect()
        #expect(instances.now == 3000)
        let kept = objects.parallel.filter { $0.value % 3 == 0 }.collect()
        expectEqual(kept.map { $0.value }, (0..<3000).filter { $0 % 3 == 0 })
        let made = (0..<3000).parallel.compactMap { $0 % 2 == 0 ? Tallied($0, instances) : nil }.collect()
        expectEqual(made.map { $0.value }, (0..<3000).filter { $0 % 2 == 0 })
        let many = (0..<300).parallel.flatMap { [Tallied($0, instances), Tallied($0, instances)] }.collect()
        #expect(many.count == 600)
        #expect(objects.parallel.min(byKey: { $0.value })?.value == 0)
        #expect(objects.parallel.inclusiveScan { $0.value > $1.value ? $0 : $1 }.last?.value == 2999)
      }
      #expect(instances.now == 0)
    }
  }
}

/// As `Dictionary` does it, whose dynamic cast does not compile for the web.
private func dictionary<Key: Hashable, Value>(_ pairs: [(Key, Value)], _ combine: (Value, Value) -> Value) -> [Key: Value] {
  var result: [Key: Value] = [:]
  for (key, value) in pairs { result[key] = if let old = result[key] { combine(old, value) } else { value } }
  return result
}
