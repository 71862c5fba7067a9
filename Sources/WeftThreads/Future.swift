import Synchronization

/// A value that another thread will give, once.
///
/// ```swift
/// let (completer, future) = Future<Int>.make()
/// // on another thread
/// completer.complete(with: 42)
/// // here
/// let answer = future.wait()
/// ```
///
/// Thread-safe; the value is moved out, so one wait gets it. Waiting on a page stops the program with a message.
public final class Future<Value: ~Copyable>: Sendable {
  // A future is a channel of one element that closes when no value can come any more.
  @usableFromInline package let channel = Channel<Value>(capacity: 1)

  @inlinable
  init() {}

  /// Makes a future with the means to complete it.
  @inlinable
  public static func make() -> (completer: Completer<Value>, future: Future) {
    let future = Future()
    return (Completer(future.channel), future)
  }

  /// Waits for the value.
  ///
  /// - Returns: nil if the completer is gone without a value, or the value was taken before.
  @inlinable
  public func wait() -> Value? { channel.receive() }

  /// Waits for the value for at most `timeout`.
  ///
  /// - Returns: ``ReceiveResult/closed`` where `wait()` returns nil.
  @inlinable
  public func wait(timeout: Duration) -> ReceiveResult<Value> { channel.receive(until: .after(timeout)) }

  /// Takes the value if it is there. May be called anywhere.
  @inlinable
  public func valueIfReady() -> ReceiveResult<Value> { channel.receive(until: .now) }
}

/// What gives a ``Future`` its value. If the last reference to it goes before, the future stays without one, and waits end.
///
/// Thread-safe.
public final class Completer<Value: ~Copyable>: Sendable {
  @usableFromInline let channel: Channel<Value>
  @usableFromInline let isCompleted = Atomic<Bool>(false)

  @inlinable
  init(_ channel: Channel<Value>) { self.channel = channel }

  @inlinable
  deinit { channel.close() }

  /// Gives the value. Never waits; may be called anywhere.
  ///
  /// - Returns: nil, or the value if there has been one before.
  @inlinable @discardableResult
  public func complete(with value: consuming sending Value) -> Value? {
    // Relaxed: the channel publishes the value.
    if isCompleted.exchange(true, ordering: .relaxed) { return value }
    _ = channel.send(value, until: .now)
    channel.close()
    return nil
  }
}
