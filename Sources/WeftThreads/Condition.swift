import Synchronization
import WeftPlatform

/// Lets threads wait until what a ``Mutex`` guards is as they need it.
///
/// ```swift
/// let job = arrived.wait(for: jobs, until: { !$0.isEmpty }) { $0.removeFirst() }
/// ```
///
/// and elsewhere, after a change under the lock:
///
/// ```swift
/// jobs.withLock { $0.append(job) }
/// arrived.notifyOne()
/// ```
///
/// Thread-safe. No wake-up is lost if the change is made under the lock, and the notification follows (in the lock or
/// after it). Waiters wake in the order in which they slept.
public struct Condition: ~Copyable, Sendable {
  /// Counts notifications; what the waiters sleep on.
  private let events = Atomic<Int32>(0)
  private let waiters = Atomic<Int32>(0)

  /// Makes a condition that nobody waits for.
  public init() {}

  /// Takes the lock, waits until `isReady` holds (the lock is free meanwhile), and calls `body` under the same lock.
  ///
  /// - Parameters:
  ///   - mutex: The lock. Not held by the calling thread.
  ///   - isReady: Called under the lock, at first and after each notification.
  ///   - body: Called with the value once `isReady` holds.
  /// - Throws: What `body` throws.
  @inlinable
  public borrowing func wait<Value: ~Copyable, Result: ~Copyable, Failure: Error>(
    for mutex: borrowing Mutex<Value>, until isReady: (borrowing Value) -> Bool,
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    mutex.raw.lock()
    while !isReady(mutex.cell.address.pointee) { _ = wait(unlocking: mutex.raw, until: .never) }
    return try mutex.unlockAfter(body)
  }

  /// The same for at most `timeout`.
  ///
  /// - Returns: What `body` returns, or nil if `isReady` did not hold in time.
  @inlinable
  public borrowing func wait<Value: ~Copyable, Result: ~Copyable, Failure: Error>(
    for mutex: borrowing Mutex<Value>, until isReady: (borrowing Value) -> Bool, timeout: Duration,
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    let deadline = Deadline.after(timeout)
    if !mutex.raw.lock(until: deadline) { return nil }
    var inTime = true
    while !isReady(mutex.cell.address.pointee) {
      if !inTime {
        mutex.raw.unlock()
        return nil
      }
      inTime = wait(unlocking: mutex.raw, until: deadline)
    }
    return try mutex.unlockAfter(body)
  }

  /// Gives the lock back, waits for a notification, and takes the lock again, however long that takes.
  ///
  /// - Returns: False after the deadline. May return true without a notification.
  @export(interface)
  public borrowing func wait(unlocking mutex: borrowing RawMutex, until deadline: Deadline) -> Bool {
    // Both relaxed: a notifier that matters changes the value under the lock after this thread has given it back, and the
    // lock's own edge publishes the count of waiters to it.
    waiters.add(1, ordering: .relaxed)
    let seen = events.load(ordering: .relaxed)
    mutex.unlock()
    var remaining = deadline.remaining
    var spinning = Spinning()
    var wait = BlockedWait(for: "a Condition", isEndless: deadline.isNever)
    while events.load(ordering: .relaxed) == seen && remaining != 0 {
      if spinning.step() { continue }
      events.withAddress { wait.sleep($0, while: seen, nanoseconds: remaining) }
      remaining = deadline.remaining
    }
    mutex.lock()
    waiters.subtract(1, ordering: .relaxed)
    return remaining != 0
  }

  /// Wakes one of the waiters. Does nothing, cheaply, if there is none.
  @export(interface)
  public borrowing func notifyOne() { notify(1) }

  /// Wakes all waiters.
  @export(interface)
  public borrowing func notifyAll() { notify(.max) }

  private borrowing func notify(_ count: Int) {
    // Relaxed: see `wait`. The value itself is published by the lock.
    if waiters.load(ordering: .relaxed) == 0 { return }
    events.wrappingAdd(1, ordering: .relaxed)
    events.withAddress { Futex.wake($0, count) }
  }
}
