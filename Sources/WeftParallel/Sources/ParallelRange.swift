/// The integers of a range.
@frozen
public struct ParallelRange<Bound: FixedWidthInteger & Sendable>: IndexedParallelSequence where Bound.Stride: SignedInteger {
  public typealias Element = Bound
  public typealias Storage = Self

  @usableFromInline let lowerBound: Bound
  public let positionCount: Int

  @inlinable @inline(__always)
  init(_ range: Range<Bound>) {
    lowerBound = range.lowerBound
    positionCount = range.count
  }

  @inlinable @inline(__always)
  init(_ range: ClosedRange<Bound>) {
    lowerBound = range.lowerBound
    positionCount = range.count
  }

  @inlinable @inline(__always)
  public init(storage: Self, closures: Void) { self = storage }

  @inlinable @inline(__always)
  public var storage: Self { self }

  @inlinable @inline(__always)
  public subscript(position: Int) -> Bound { lowerBound &+ Bound(truncatingIfNeeded: position) }
}

extension Range where Bound: FixedWidthInteger & Sendable, Bound.Stride: SignedInteger {
  /// The integers of the range, for loops and reductions on all threads.
  ///
  /// - Precondition: There are no more than `Int.max` of them.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelRange<Bound> { ParallelRange(self) }
}

extension ClosedRange where Bound: FixedWidthInteger & Sendable, Bound.Stride: SignedInteger {
  /// The integers of the range, for loops and reductions on all threads.
  ///
  /// - Precondition: There are no more than `Int.max` of them.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelRange<Bound> { ParallelRange(self) }
}
