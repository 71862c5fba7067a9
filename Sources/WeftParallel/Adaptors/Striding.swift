import WeftPlatform

/// Every so many of a parallel sequence's elements.
@frozen
public struct ParallelStridingSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = Base.Element
  public typealias Closures = Base.Closures

  public let base: Base
  @usableFromInline let step: Int

  @inlinable @inline(__always)
  init(_ base: Base, step: Int) {
    self.base = base
    self.step = step
  }

  @inlinable @inline(__always)
  public var storage: (Base.Storage, step: Int) { (base.storage, step) }

  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount.divided(by: step) }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (Base.Storage, step: Int), _ closures: Base.Closures
  ) -> Element {
    Base.element(at: position &* storage.step, of: storage.0, closures)
  }
}

extension IndexedParallelSequence {
  /// Returns the first element, and those that follow it at multiples of a distance.
  ///
  /// - Parameter step: The distance, at least 1.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func striding(by step: Int) -> ParallelStridingSequence<Self> {
    if step <= 0 { fail("striding(by:): the step must be at least 1") }
    return ParallelStridingSequence(self, step: step)
  }
}
