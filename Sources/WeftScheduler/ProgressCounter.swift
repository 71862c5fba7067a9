import Synchronization

/// How much of some work is done, counted by the threads that do it and read by anybody. Thread-safe.
public final class ProgressCounter: Sendable {
  // Relaxed, both: shown to somebody, publish nothing. They are first and in this order because JavaScript reads them.
  private let whole: Atomic<Int>
  private let count = Atomic<Int>(0)

  /// Makes a counter that stands at 0.
  public init(total: Int = 0) { whole = Atomic(total) }

  /// How much there is to do; 0 as long as nobody knows.
  public var total: Int {
    get { whole.load(ordering: .relaxed) }
    set { whole.store(newValue, ordering: .relaxed) }
  }

  /// How much is done.
  public var completed: Int { count.load(ordering: .relaxed) }

  /// The part that is done, from 0 to 1; 0 as long as nobody knows how much there is to do.
  public var fraction: Double {
    let total = total
    return total == 0 ? 0 : Double(completed) / Double(total)
  }

  /// Adds to what is done: one relaxed addition, so count pieces, not single elements.
  public func add(_ amount: Int) { count.wrappingAdd(amount, ordering: .relaxed) }
}
