import Synchronization

/// How much of some work is done, counted by the threads that do it and read by anybody. Thread-safe.
public final class ProgressCounter: Sendable {
  /// How much there is to do.
  public let total: Int
  /// Relaxed: shown to somebody, publishes nothing.
  private let count = Atomic<Int>(0)

  /// Makes a counter that stands at 0.
  public init(total: Int) { self.total = total }

  /// How much is done.
  public var completed: Int { count.load(ordering: .relaxed) }

  /// The part that is done, from 0 to 1.
  public var fraction: Double { total == 0 ? 1 : Double(completed) / Double(total) }

  /// Adds to what is done: one relaxed addition, so count pieces, not single elements.
  public func add(_ amount: Int) { count.wrappingAdd(amount, ordering: .relaxed) }
}
