import Testing
import WeftParallel
import WeftThreads

@Suite(.serialized) struct SourceTests {
  @Test func ranges() {
    onAnyThreads {
      expectEqual((Int8.min...Int8.max).parallel.collect(), Array(Int8.min...Int8.max))
      expectEqual((UInt8.min..<UInt8.max).parallel.collect(), Array(UInt8.min..<UInt8.max))
      expectEqual((Int.max - 1000...Int.max).parallel.collect(), Array(Int.max - 1000...Int.max))
      expectEqual((Int.min..<Int.min + 1000).parallel.collect(), Array(Int.min..<Int.min + 1000))
      expectEqual((UInt64.max - 300...UInt64.max).parallel.map { $0 / 3 }.collect(), (UInt64.max - 300...UInt64.max).map { $0 / 3 })
      expectEqual((5..<5).parallel.collect(), [])
      expectEqual((Int32(-3)..<4).parallel.sum(), 0)
    }
  }

  @Test func strides() {
    onAnyThreads {
      for (start, end, step) in [(0, 100, 7), (0, 98, 7), (100, 0, -3), (5, 5, 1), (3, 2, 1), (-50, 50, 100), (0, -1, -1)] {
        expectEqual(parallelStride(from: start, to: end, by: step).collect(), Array(stride(from: start, to: end, by: step)))
        expectEqual(parallelStride(from: start, through: end, by: step).collect(), Array(stride(from: start, through: end, by: step)))
      }
      expectEqual(
        parallelStride(from: Int8.min, through: .max, by: 5).collect(), Array(stride(from: Int8.min, through: .max, by: 5)))
      expectEqual(parallelStride(from: UInt8.max, through: 0, by: -100).collect(), [255, 155, 55])
      expectEqual(parallelStride(from: Int.min, through: .max, by: .max).collect(), [.min, -1, .max - 1])
    }
  }

  @Test func arraysSlicesAndBuffers() {
    let values = randomIntegers(5000)
    onAnyThreads {
      expectEqual(values[100..<4000].parallel.map { $0 &+ 1 }.collect(), values[100..<4000].map { $0 &+ 1 })
      expectEqual(ContiguousArray(values).parallel.collect(), values)
      values.withUnsafeBufferPointer { expectEqual($0.parallel.collect(), values) }
      expectEqual([Int]().parallel.collect(), [])
      expectEqual(UnsafeBufferPointer<Int>(start: nil, count: 0).parallel.sum(), 0)
      let text = String(repeating: "Straße ", count: 300)
      expectEqual(text.utf8.parallel.filter { $0 == 0x20 }.count(), 300)
      expectEqual(text.utf8.parallel.collect(), Array(text.utf8))
    }
  }

  @Test func anArrayMayChangeWhileItIsInUse() {
    onAnyThreads {
      var values = randomIntegers(1000)
      let copy = values
      let pipeline = values.parallel.map { $0 &+ 1 }
      values.removeAll()
      expectEqual(pipeline.collect(), copy.map { $0 &+ 1 })
    }
  }

  @Test func anySequenceWithoutOrder() {
    onAnyThreads {
      for batch in [1, 16, 10_000] {
        let numbers = sequence(first: 1) { $0 < 3000 ? $0 + 1 : nil }
        expectEqual(numbers.parallelBridge(batchLength: batch).map { $0 &* 2 }.collect().sorted(), (1...3000).map { $0 * 2 })
        expectEqual(numbers.parallelBridge(batchLength: batch).sum(), 3000 * 3001 / 2)
      }
      #expect([Int]().parallelBridge().reduce(+) == nil)
    }
  }

  @Test func aSequenceWithoutEndMayBeSearched() {
    onAnyThreads {
      func numbers() -> ParallelBridge<UnfoldFirstSequence<Int>> { sequence(first: 0) { $0 + 1 }.parallelBridge() }
      #expect(numbers().contains(1000))
      #expect(numbers().anyElement { $0 % 1000 == 999 }! % 1000 == 999)
      #expect(numbers().first { $0 % 1000 == 999 }! % 1000 == 999)
      #expect(!numbers().allSatisfy { $0 < 1000 })
      expectRefusal(1000) { () throws(Refused) in
        try numbers().forEach { number throws(Refused) in if number == 1000 { throw Refused(value: number) } }
      }
    }
  }

  /// Whoever has the iterator may wait for long.
  @Test func aChannelIsShared() {
    onAnyThreads {
      let channel = Channel<Int>(capacity: 1)
      let thread = Thread.spawn {
        for number in 0..<100 { _ = channel.send(number) }
        channel.close()
      }
      expectEqual(channel.parallelBridge(batchLength: 1).collect().sorted(), Array(0..<100))
      thread.join()
    }
  }

  @Test func aConsumedArrayGivesItsElementsAway() {
    let values = randomIntegers(5000)
    onAnyThreads {
      for count in lengths where count <= values.count {
        let part = Array(values[..<count])
        expectEqual(part.parallelConsuming().map { $0 &* 3 }.collect(), part.map { $0 &* 3 })
        let texts = part.map { "number \($0)" }
        expectEqual(texts.parallelConsuming().collect(), texts)
        expectEqual(
          texts.parallelConsuming().enumerated().filter { $0.offset % 3 == 0 }.map { $0.element }.collect(),
          texts.enumerated().filter { $0.offset % 3 == 0 }.map { $0.element })
        expectEqual(texts.parallelConsuming().reversed().prefix(70).collect(), Array(texts.reversed().prefix(70)))
      }
    }
  }

  @Test func whatIsNotConsumedIsDestroyed() {
    onAnyThreads {
      let instances = Instances()
      for count in [0, 1, 300, 5000] {
        func make() -> [Tallied] { (0..<count).map { Tallied($0, instances) } }
        // Unused, used whole, in part, until an element is found, and until an error.
        _ = make().parallelConsuming()
        #expect(instances.now == 0)
        let objects = make().parallelConsuming().map { $0 }.collect()
        expectEqual(objects.map { $0.value }, Array(0..<count))
        #expect(instances.now == count)
        expectEqual(objects.parallelConsuming().dropFirst(100).filter { $0.value % 2 == 0 }.count(), max(0, (count - 99) / 2))
        #expect(make().parallelConsuming().contains { $0.value == count / 2 } == (count > 0))
        do throws(Refused) {
          try make().parallelConsuming().forEach { object throws(Refused) in
            if object.value == count / 3 { throw Refused(value: object.value) }
          }
          #expect(count == 0)
        } catch {
          #expect(error.value == count / 3)
        }
        #expect(instances.now == count)
      }
    }
  }

  @Test func aConsumedElementIsDestroyedAtOnce() {
    onAnyThreads {
      let instances = Instances()
      let fewest = (0..<1000).map { Tallied($0, instances) }.parallelConsuming().map { $0.instances.now }.min()
      #expect(fewest! < 100)
      #expect(instances.now == 0)
    }
  }

  @Test func anySequenceInOrder() {
    onAnyThreads {
      let numbers = sequence(first: 1) { $0 < 3000 ? $0 + 1 : nil }
      expectEqual(numbers.parallelBridgeInOrder().map { $0 &* 2 }.collect(), (1...3000).map { $0 * 2 })
      let words = Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, "word \($0)") })
      expectEqual(words.values.parallelBridgeInOrder().collect(), Array(words.values))
      #expect(EmptyCollection<String>().parallelBridgeInOrder().collect().isEmpty)
    }
  }

  @Test func spans() {
    let values = randomIntegers(5000)
    onAnyThreads {
      for count in lengths where count <= values.count {
        var part = Array(values[..<count])
        expectEqual(part.span.withParallel { $0.map { $0 &+ 1 }.collect() }, part.map { $0 &+ 1 })
        let doubled = part.map { $0 &* 2 }
        var span = part.mutableSpan
        span.withParallelMutableElements { elements in elements.forEach { $0.value &*= 2 } }
        expectEqual(part, doubled)
        if count > 0 {
          let refused = part[count / 2]
          expectRefusal(refused) { () throws(Refused) in
            try part.span.withParallel { (elements) throws(Refused) in
              try elements.forEach { value throws(Refused) in if value == refused { throw Refused(value: value) } }
            }
          }
        }
      }
    }
  }
}
