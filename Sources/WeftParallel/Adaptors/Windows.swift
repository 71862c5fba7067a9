import WeftPlatform

/// All windows of the same length into a parallel sequence.
@frozen
public struct ParallelWindowsSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = ParallelChunk<Base>
  public typealias Closures = Base.Closures

  public let base: Base
  @usableFromInline let length: Int

  @inlinable @inline(__always)
  init(_ base: Base, length: Int) {
    self.base = base
    self.length = length
  }

  @inlinable @inline(__always)
  public var storage: (Base.Storage, length: Int) { (base.storage, length) }

  @inlinable @inline(__always)
  public var positionCount: Int { Swift.max(0, base.positionCount &- (length &- 1)) }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (Base.Storage, length: Int), _ closures: Base.Closures
  ) -> Element {
    ParallelChunk(Range(uncheckedBounds: (position, position &+ storage.length)), of: storage.0, closures)
  }
}

extension IndexedParallelSequence {
  /// Returns the windows of some consecutive elements that begin at each element, as long as there are enough.
  ///
  /// - Parameter count: The length of a window, at least 1.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func windows(ofCount count: Int) -> ParallelWindowsSequence<Self> {
    if count <= 0 { fail("windows(ofCount:): the count must be at least 1") }
    return ParallelWindowsSequence(self, length: count)
  }
}
