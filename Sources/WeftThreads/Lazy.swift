/// A value that is made when it is first needed, by whichever thread needs it first.
///
/// ```swift
/// let table = Lazy { makeTable() }
/// ```
///
/// Thread-safe. Afterwards `value` costs one load more than a stored value. Using it within its own initialiser never ends.
public struct Lazy<Value: Sendable>: ~Copyable, Sendable {
  private let once = Once()
  private let cell: ValueCell<Value?>
  private let make: @Sendable () -> Value

  /// - Parameter make: Called at most once.
  public init(_ make: @escaping @Sendable () -> Value) {
    cell = ValueCell(nil)
    self.make = make
  }

  /// The value; made now if this is the first use.
  public var value: Value {
    let value = cell.address
    if !once.isDone { once.run { value.pointee = make() } }
    // Safe: written before `once` was done, and never again.
    return value.pointee.unsafelyUnwrapped
  }

  /// The value, or nil if nobody has used it yet.
  public var valueIfMade: Value? { once.isDone ? cell.address.pointee : nil }
}
