/// The integers of a range.
@frozen
public struct ParallelRange<Bound: FixedWidthInteger & Sendable>: IndexedParallelSequence where Bound.Stride: SignedInteger {
  public typealias Element = Bound

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
  public var storage: Bound { lowerBound }

  @inlinable @inline(__always)
  public static func element(at position: Int, of lowerBound: Bound, _: Void) -> Bound {
    lowerBound &+ Bound(truncatingIfNeeded: position)
  }
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
