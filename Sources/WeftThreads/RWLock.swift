/// A lock with the value that it guards: many threads may read it at once, or one may change it.
///
/// Thread-safe; not recursive, and a reader cannot become a writer. Neither side starves: a writer that waits lets no new
/// reader in, and all readers that wait go in when a writer leaves. Worth its price (four atomic operations to read)
/// where reading takes long; otherwise take a ``Mutex``. Waiting on a page stops the program with a message.
public struct RWLock<Value: ~Copyable>: ~Copyable, Sendable {
  @usableFromInline let raw = RawRWLock()
  @usableFromInline let cell: ValueCell<Value>

  /// Makes a free lock around a value.
  @inlinable
  public init(_ value: consuming sending Value) { cell = ValueCell(value) }

  /// Calls `body` with the value, which no thread changes meanwhile.
  ///
  /// `Value` should be safe to read on several threads at once; a class in it needs locks of its own.
  @inlinable
  public borrowing func withReadLock<Result: ~Copyable, Failure: Error>(
    _ body: (borrowing Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    _ = raw.lockForReading(until: .never)
    defer { raw.unlockAfterReading() }
    return try body(cell.address.pointee)
  }

  /// The same, or nil if a thread writes or waits to write.
  @inlinable
  public borrowing func withReadLockIfAvailable<Result: ~Copyable, Failure: Error>(
    _ body: (borrowing Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    if !raw.lockForReadingIfAvailable() { return nil }
    defer { raw.unlockAfterReading() }
    return try body(cell.address.pointee)
  }

  /// The same, or nil if no reader got in within `timeout`.
  @inlinable
  public borrowing func withReadLock<Result: ~Copyable, Failure: Error>(
    timeout: Duration, _ body: (borrowing Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    if !raw.lockForReading(until: .after(timeout)) { return nil }
    defer { raw.unlockAfterReading() }
    return try body(cell.address.pointee)
  }

  /// Calls `body` with the value, while no other thread reads or writes it.
  @inlinable
  public borrowing func withWriteLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    _ = raw.lockForWriting(until: .never)
    defer { raw.unlockAfterWriting() }
    let value = cell.address
    return try body(&value.pointee)
  }

  /// The same, or nil if the lock is not free.
  @inlinable
  public borrowing func withWriteLockIfAvailable<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    if !raw.lockForWritingIfAvailable() { return nil }
    defer { raw.unlockAfterWriting() }
    let value = cell.address
    return try body(&value.pointee)
  }

  /// The same, or nil if the lock did not come free within `timeout`.
  @inlinable
  public borrowing func withWriteLock<Result: ~Copyable, Failure: Error>(
    timeout: Duration, _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    if !raw.lockForWriting(until: .after(timeout)) { return nil }
    defer { raw.unlockAfterWriting() }
    let value = cell.address
    return try body(&value.pointee)
  }
}
