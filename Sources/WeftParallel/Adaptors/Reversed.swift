/// A parallel sequence's elements in reverse order.
@frozen
public struct ParallelReversedSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = Base.Element
  public typealias Closures = Base.Closures

  public let base: Base
  @usableFromInline let last: Int

  @inlinable @inline(__always)
  init(_ base: Base, last: Int) {
    self.base = base
    self.last = last
  }

  @inlinable @inline(__always)
  public var storage: (Base.Storage, last: Int) { (base.storage, last) }

  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (Base.Storage, last: Int), _ closures: Base.Closures
  ) -> Element {
    Base.element(at: storage.last &- position, of: storage.0, closures)
  }
}

extension IndexedParallelSequence {
  /// Returns the elements in reverse order.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func reversed() -> ParallelReversedSequence<Self> {
    ParallelReversedSequence(self, last: positionCount &- 1)
  }
}
