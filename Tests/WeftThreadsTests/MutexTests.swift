import Testing
import WeftThreads

/// How often each thread has had the lock. On the web a closure captures no lock itself.
private final class Turns: Sendable {
  let turns: Mutex<[Int]>
  init(_ threads: Int) { turns = Mutex([Int](repeating: 0, count: threads)) }
}

@Suite struct MutexTests {
  @Test func guardsItsValue() {
    let mutex = Mutex([1])
    mutex.withLock { $0.append(2) }
    #expect(mutex.withLock { $0 } == [1, 2])
  }

  @Test func errorsPassAndGiveTheLockBack() {
    let mutex = Mutex(1)
    #expect(throws: Failed.self) {
      try mutex.withLock { value throws(Failed) in
        value = 2
        throw Failed()
      }
    }
    #expect(mutex.withLockIfAvailable { $0 } == 2)
  }

  /// Threads that want the lock all the time, more than there are processors: none gets less than a fiftieth of its share.
  @Test(.timeLimit(.minutes(5)), arguments: [2, 8, 16]) func nobodyStarves(threads: Int) {
    let total = 400_000
    let shared = Turns(threads)
    onThreads(threads) { number in
      var isOver = false
      while !isOver {
        shared.turns.withLock { turns in
          turns[number] += 1
          isOver = turns.reduce(0, +) >= total
        }
      }
    }
    let turns = shared.turns.withLock { $0 }
    #expect(turns.min()! * threads * 50 >= total, "\(turns.map { "\($0)" }.joined(separator: ", "))")
  }

  @Test func aTakenLockIsNotTakenAgain() {
    let mutex = Mutex(1)
    mutex.withLock { _ in
      #expect(mutex.withLockIfAvailable { $0 } == nil)
      #expect(mutex.withLock(timeout: .microseconds(200)) { $0 } == nil)
      #expect(mutex.withLock(timeout: .zero) { $0 } == nil)
      #expect(mutex.withLock(timeout: .seconds(-1)) { $0 } == nil)
    }
    #expect(mutex.withLock(timeout: .zero) { $0 } == 1)
  }

  @Test func theValueMayBeNoncopyableAndGoesWithTheLock() {
    let log = Log()
    do {
      let mutex = Mutex(Resource(log))
      mutex.withLock { $0 = Resource(log) }
      #expect(log.count == 1)
    }
    #expect(log.count == 2)
  }

  @Test func locksInAnArrayKeepTheirPlaces() {
    let locks = (0..<100).map { Holder($0) }
    onThreads(4) { _ in for lock in locks { for _ in 0..<100 { lock.mutex.withLock { $0 += 1 } } } }
    for (index, lock) in locks.enumerated() { #expect(lock.mutex.withLock { $0 } == index + 400) }
  }

  /// With one thread that never rests, the other gets in as often as it asks.
  @Test(.timeLimit(.minutes(5))) func nobodyStarves() {
    let lock = Holder(0)
    let isOver = Flag()
    onThreads(2) { thread in
      if thread == 0 {
        while !isOver.isSet { lock.mutex.withLock { value in for _ in 0..<1000 { value &+= 1 } } }
      } else {
        for _ in 0..<300 { lock.mutex.withLock { $0 &+= 1 } }
        isOver.set()
      }
    }
  }

  @Test func readersShareAndWritersDoNot() {
    let lock = RWLock("a")
    lock.withReadLock { value in
      #expect(lock.withReadLock { $0 } == value)
      #expect(lock.withReadLockIfAvailable { $0 } == "a")
      #expect(lock.withReadLock(timeout: .milliseconds(1)) { $0 } == "a")
      #expect(lock.withWriteLockIfAvailable { $0 } == nil)
      // A writer that gives up lets readers in again.
      #expect(lock.withWriteLock(timeout: .microseconds(200)) { $0 } == nil)
      #expect(lock.withReadLockIfAvailable { $0 } == "a")
    }
    lock.withWriteLock { value in
      value = "b"
      #expect(lock.withReadLockIfAvailable { $0 } == nil)
      #expect(lock.withReadLock(timeout: .microseconds(200)) { $0 } == nil)
      #expect(lock.withWriteLockIfAvailable { $0 } == nil)
      #expect(lock.withWriteLock(timeout: .microseconds(200)) { $0 } == nil)
    }
    #expect(lock.withWriteLock(timeout: .zero) { $0 } == "b")
    #expect(throws: Failed.self) { try lock.withReadLock { _ throws(Failed) in throw Failed() } }
    #expect(throws: Failed.self) { try lock.withWriteLock { _ throws(Failed) in throw Failed() } }
    #expect(lock.withWriteLockIfAvailable { $0 } == "b")
  }

  /// Readers that always overlap do not keep a writer out, nor do writers keep out a reader.
  @Test(.timeLimit(.minutes(5))) func neitherReadersNorWritersStarve() {
    let lock = Holder(0)
    let isOver = Flag()
    let pause: @Sendable () -> Void = { for _ in 0..<200 { _ = isOver.isSet } }
    onThreads(4) { thread in
      if thread > 0 {
        while !isOver.isSet {
          lock.rwLock.withReadLock { _ in pause() }
        }
      } else {
        for _ in 0..<300 { lock.rwLock.withWriteLock { $0 += 1 } }
        isOver.set()
      }
    }
    let isRead = Flag()
    onThreads(4) { thread in
      if thread > 0 {
        while !isRead.isSet {
          lock.rwLock.withWriteLock { _ in pause() }
        }
      } else {
        for _ in 0..<300 { lock.rwLock.withReadLock { #expect($0 == 300) } }
        isRead.set()
      }
    }
  }
}
