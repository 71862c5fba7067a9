/// A parallel sequence's elements with their offsets.
@frozen
public struct ParallelEnumeratedSequence<Base: IndexedParallelSequence>: IndexedParallelSequence {
  public typealias Element = (offset: Int, element: Base.Element)

  @usableFromInline let base: Base

  @inlinable @inline(__always)
  init(_ base: Base) { self.base = base }

  @inlinable @inline(__always)
  public init(storage: Base.Storage, closures: Base.Closures) { base = Base(storage: storage, closures: closures) }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> Base.Closures { base.closures }

  @inlinable @inline(__always)
  public var storage: Base.Storage { base.storage }

  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount }

  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { base.splitLimits }

  @inlinable @inline(__always)
  public subscript(position: Int) -> Element { (position, base[position]) }
}

extension IndexedParallelSequence {
  /// Returns pairs of an offset from 0 and the element there.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func enumerated() -> ParallelEnumeratedSequence<Self> { ParallelEnumeratedSequence(self) }
}
