import Synchronization
import Testing
import WeftParallel

@Suite(.serialized) struct ErrorTests {
  @Test func anErrorCancelsTheRest() {
    onAnyThreads {
      for count in lengths where count > 0 {
        let refused = count / 2
        let values = Array(0..<count)
        @Sendable func check(_ value: Int) throws(Refused) -> Int {
          if value == refused { throw Refused(value: value) }
          return value
        }
        expectRefusal(refused) { () throws(Refused) in
          try values.parallel.forEach { value throws(Refused) in _ = try check(value) }
        }
        expectRefusal(refused) { () throws(Refused) in
          _ = try values.parallel.reduce(0) { (left, right) throws(Refused) in
            _ = try check(left)
            return try check(right)
          }
        }
        expectRefusal(refused) { () throws(Refused) in
          _ = try values.parallel.first { value throws(Refused) in try check(value) < 0 }
        }
        expectRefusal(refused) { () throws(Refused) in
          _ = try values.parallel.anyElement { value throws(Refused) in try check(value) < 0 }
        }
        expectRefusal(refused) { () throws(Refused) in
          _ = try values.parallel.partitioned { value throws(Refused) in try check(value) < 0 }
        }
        expectRefusal(refused) { () throws(Refused) in
          try values.parallel.forEachInOrder(windowLength: 50) { value throws(Refused) in _ = try check(value) }
        }
      }
    }
  }

  @Test func whatWasMadeBeforeAnErrorIsDestroyed() {
    onAnyThreads {
      let instances = Instances()
      for count in [1, 300, 5000] {
        for refused in [0, count / 3, count - 1] {
          @Sendable func make(_ value: Int) throws(Refused) -> Tallied {
            if value == refused { throw Refused(value: value) }
            return Tallied(value, instances)
          }
          expectRefusal(refused) { () throws(Refused) in
            _ = try (0..<count).parallel.collect { value throws(Refused) in try make(value) }
          }
          expectRefusal(refused) { () throws(Refused) in
            _ = try (0..<count).parallel.flatMap { $0..<$0 + 1 }.collect { value throws(Refused) in try make(value) }
          }
          #expect(instances.now == 0)
        }
        let objects = try? (0..<count).parallel.filter { $0 % 2 == 0 }.collect { value throws(Refused) in
          Tallied(value, instances)
        }
        expectEqual(objects?.map { $0.value }, (0..<count).filter { $0 % 2 == 0 })
      }
      #expect(instances.now == 0)
    }
  }

  @Test func ofSeveralErrorsOnOneThreadTheFirstIsThrown() {
    withPool(1) {
      expectRefusal(3) { () throws(Refused) in
        try (0..<1000).parallel.forEach { value throws(Refused) in if value >= 3 { throw Refused(value: value) } }
      }
    }
  }

  @Test func afterAnErrorNotEverythingIsTried() {
    onAnyThreads {
      let calls = Instances()
      expectRefusal(5) { () throws(Refused) in
        try (0..<10_000_000).parallel.forEach { value throws(Refused) in
          calls.count.add(1, ordering: .relaxed)
          if value == 5 { throw Refused(value: value) }
        }
      }
      #expect(calls.now < 10_000_000)
    }
  }
}
