import Synchronization

/// A request to stop early that loops and long tasks look at. Thread-safe; once made it stays.
public final class Cancellation: Sendable {
  /// Relaxed: stops work, publishes nothing.
  private let flag = Atomic<Bool>(false)

  /// Makes one that is not cancelled.
  public init() {}

  /// Whether ``cancel()`` has been called. A plain load: cheap enough for an inner loop.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Asks everybody who looks at this to stop. May be called from any thread, more than once.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Throws ``Cancelled`` if ``cancel()`` has been called.
  public func check() throws(Cancelled) {
    if isCancelled { throw Cancelled() }
  }
}

/// The error of work that was cancelled before it was done.
public struct Cancelled: Error {
  /// Makes the error.
  public init() {}
}
