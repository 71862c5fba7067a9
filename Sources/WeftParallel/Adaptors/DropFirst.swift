import WeftPlatform

/// A parallel sequence's elements but for some at the beginning.
@frozen
public struct ParallelDropFirstSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = Base.Element
  public typealias Closures = Base.Closures

  public let base: Base
  @usableFromInline let start: Int

  @inlinable @inline(__always)
  init(_ base: Base, start: Int) {
    self.base = base
    self.start = start
  }

  @inlinable @inline(__always)
  public var storage: (Base.Storage, start: Int) { (base.storage, start) }

  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount &- start }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (Base.Storage, start: Int), _ closures: Base.Closures
  ) -> Element {
    Base.element(at: position &+ storage.start, of: storage.0, closures)
  }
}

extension IndexedParallelSequence {
  /// Returns all elements but the first ones.
  ///
  /// - Parameter count: How many to leave out; at least 0. If there are fewer, none is left.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func dropFirst(_ count: Int = 1) -> ParallelDropFirstSequence<Self> {
    if count < 0 { fail("dropFirst(_:): the count must not be negative") }
    return ParallelDropFirstSequence(self, start: Swift.min(count, positionCount))
  }
}
