import WeftPlatform

/// The first of a parallel sequence's elements.
@frozen
public struct ParallelPrefixSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = Base.Element
  public typealias Storage = Base.Storage
  public typealias Closures = Base.Closures

  public let base: Base
  public let positionCount: Int

  @inlinable @inline(__always)
  init(_ base: Base, count: Int) {
    self.base = base
    positionCount = count
  }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: Base.Storage, _ closures: Base.Closures) -> Element {
    Base.element(at: position, of: storage, closures)
  }
}

extension IndexedParallelSequence {
  /// Returns the first elements.
  ///
  /// - Parameter count: How many, if there are as many; at least 0.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func prefix(_ count: Int) -> ParallelPrefixSequence<Self> {
    if count < 0 { fail("prefix(_:): the count must not be negative") }
    return ParallelPrefixSequence(self, count: Swift.min(count, positionCount))
  }
}
