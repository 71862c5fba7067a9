import Synchronization
import Weft
import WeftPlatform

/// How often something did not hold that must hold for locks and channels, on several threads. Litmus.swift is the native
/// tests' own.
@JS func litmusOfLocks(threads: Int, operations: Int) -> [Int] {
  withLitmus(threads, operations) { litmus in
    [litmus.mutex(), litmus.rwLock(), litmus.semaphore(permits: 1), litmus.semaphore(permits: 3), litmus.once()]
  }
}

/// The same for what waits for other threads more often than not.
@JS func litmusOfMeetings(threads: Int, operations: Int) -> [Int] {
  withLitmus(threads, operations) { litmus in [litmus.condition(), litmus.barrier(), litmus.parker(), litmus.future()] }
}

/// The same for channels, bounded or not (-1).
@JS func litmusOfChannels(threads: Int, operations: Int, capacity: Int) -> [Int] {
  let capacity = capacity < 0 ? Int.max : capacity
  return withLitmus(threads, operations) { litmus in [litmus.channel(capacity: capacity), litmus.select(capacity: capacity)] }
}

/// Calls `body` with what runs its closures on so many threads at once.
private func withLitmus(_ threads: Int, _ operations: Int, _ body: (Litmus) -> [Int]) -> [Int] {
  let team = Team(threads)
  defer { team.end() }
  return body(Litmus(threads: threads, operations: operations) { team.run($0) })
}

/// Threads of their own, and the calling one: a pool promises no two tasks that they run at once, and these wait for each other.
private final class Team: Sendable {
  private let jobs: [Channel<@Sendable () -> Void>]
  private let threads: [ThreadHandle<Void, Never>]
  private let done = Semaphore(permits: 0)

  init(_ count: Int) {
    let jobs = (1..<count).map { _ in Channel<@Sendable () -> Void>() }
    self.jobs = jobs
    threads = (1..<count).map { number in
      Thread.spawn(name: ThreadName("litmus-", number: number), stackSize: 1 << 16) {
        for job in jobs[number - 1] { job() }
      }
    }
  }

  func run(_ body: @escaping @Sendable (Int) -> Void) {
    for number in 1...jobs.count {
      jobs[number - 1].send {
        body(number)
        self.done.release()
      }
    }
    body(0)
    for _ in jobs { done.acquire() }
  }

  func end() {
    for each in jobs { each.close() }
    for thread in threads { thread.join() }
  }
}

/// Locks and channels on one thread; a bit for each whose result is wrong.
@JS func locksDiffer() -> Int {
  var differences = Differences()
  let mutex = Mutex(1)
  differences.note(mutex.withLock { $0 } == 1)
  mutex.withLock { value in
    value = 2
    differences.note(mutex.withLockIfAvailable { $0 } == nil)
    differences.note(mutex.withLock(timeout: .milliseconds(1)) { $0 } == nil)
  }
  differences.note(mutex.withLock(timeout: .zero) { $0 } == 2)
  let rwLock = RWLock(3)
  rwLock.withReadLock { _ in
    differences.note(rwLock.withReadLockIfAvailable { $0 } == 3)
    differences.note(rwLock.withWriteLock(timeout: .milliseconds(1)) { $0 } == nil)
  }
  differences.note(rwLock.withWriteLock { $0 } == 3)
  let condition = Condition()
  differences.note(condition.wait(for: mutex, until: { $0 == 2 }) { $0 } == 2)
  differences.note(condition.wait(for: mutex, until: { $0 == 3 }, timeout: .milliseconds(1)) { $0 } == nil)
  let semaphore = Semaphore(permits: 1)
  differences.note(semaphore.acquireIfAvailable() && !semaphore.acquire(timeout: .milliseconds(1)))
  differences.note(Barrier(count: 1).arriveAndWait())
  differences.note(Lazy { 5 }.value == 5)
  let parker = Parker()
  parker.unpark()
  differences.note(parker.park(timeout: .zero) && !parker.park(timeout: .milliseconds(1)))
  let (completer, future) = Future<[Int]>.make()
  differences.note(future.valueIfReady() == .empty)
  completer.complete(with: [6])
  differences.note(future.wait() == [6])
  let channel = Channel<[Int]>(capacity: 1)
  channel.send([7])
  differences.note(channel.sendIfReady([8]) == .full([8]) && channel.receive() == [7])
  differences.note(channel.receive(timeout: .milliseconds(1)) == .empty)
  channel.close()
  differences.note(channel.send([8]) == .closed([8]) && channel.receive() == nil)
  let numbers = Channel<Int>()
  for number in 0..<100 { numbers.send(number) }
  numbers.close()
  var sum = 0
  var select = Select()
  select.receive(from: numbers) { sum += $0 ?? 1000 }
  while select.wait() {}
  differences.note(sum == 4950 + 1000)
  return differences.bits
}

/// Waits for what nobody will ever do.
@JS func waitInVain() { Parker().park() }
