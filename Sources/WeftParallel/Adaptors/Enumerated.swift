/// A parallel sequence's elements with their offsets.
@frozen
public struct ParallelEnumeratedSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = (offset: Int, element: Base.Element)

  public typealias Storage = Base.Storage
  public typealias Closures = Base.Closures

  public let base: Base

  @inlinable @inline(__always)
  init(_ base: Base) { self.base = base }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: Base.Storage, _ closures: Base.Closures) -> Element {
    (position, Base.element(at: position, of: storage, closures))
  }
}

extension IndexedParallelSequence {
  /// Returns pairs of an offset from 0 and the element there.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func enumerated() -> ParallelEnumeratedSequence<Self> { ParallelEnumeratedSequence(self) }
}
