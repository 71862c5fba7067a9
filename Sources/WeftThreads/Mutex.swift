import Synchronization
import WeftPlatform

/// A lock with the value that it guards, which only its holder can reach.
///
/// ```swift
/// let names = Mutex<[String]>([])
/// names.withLock { $0.append("weft") }
/// ```
///
/// Thread-safe; not recursive: taking it again on the same thread never ends. Without contention two atomic operations, in the
/// caller's code. A thread that waits looks for some µs and then sleeps; one that has waited for a millisecond is handed
/// the lock. On a page, which may not sleep, a lock that stays taken stops the program with a message.
///
/// It has the shape of `Synchronization.Mutex`, which does not exist on the web and gives no fairness. A file that imports
/// `Synchronization` as a whole says which it means: `import struct WeftThreads.Mutex`; for `Atomic` alone
/// `import struct Synchronization.Atomic` will do.
public struct Mutex<Value: ~Copyable>: ~Copyable, Sendable {
  @usableFromInline let raw = RawMutex()
  @usableFromInline let cell: ValueCell<Value>

  /// Makes a free lock around a value.
  @inlinable
  public init(_ value: consuming sending Value) { cell = ValueCell(value) }

  /// Calls `body` with the value, while no other thread does so.
  ///
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws; the lock is given back.
  @inlinable
  public borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    if !raw.lockIfAvailable() { _ = raw.lockSlowly(until: .never) }
    return try unlockAfter(body)
  }

  /// Calls `body` with the value if the lock is free. Never waits.
  ///
  /// - Returns: What `body` returns, or nil if another thread holds the lock.
  @inlinable
  public borrowing func withLockIfAvailable<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    if !raw.lockIfAvailable() { return nil }
    return try unlockAfter(body)
  }

  /// Calls `body` with the value if the lock comes free in time. `body` itself may take longer.
  ///
  /// - Returns: What `body` returns, or nil after the timeout.
  @inlinable
  public borrowing func withLock<Result: ~Copyable, Failure: Error>(
    timeout: Duration, _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    if !raw.lock(until: .after(timeout)) { return nil }
    return try unlockAfter(body)
  }

  @inlinable @inline(__always)
  borrowing func unlockAfter<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    defer {
      // Release: pairs with the acquires in `RawMutex`, publishes the value.
      let left = raw.state.subtract(RawMutex.locked, ordering: .releasing).newValue
      if left != 0 { raw.unlockSlowly(left) }
    }
    // A name of its own: the thread sanitizer takes a write through `cell` for one to all of the mutex.
    let value = cell.address
    return try body(&value.pointee)
  }
}
