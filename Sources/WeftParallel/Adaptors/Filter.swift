/// A parallel sequence's elements that satisfy a predicate.
@frozen
public struct ParallelFilterSequence<Base: ParallelSequence>: ParallelSequence {
  public typealias Element = Base.Element

  @usableFromInline let base: Base
  @usableFromInline let isIncluded: @Sendable (Base.Element) -> Bool

  @inlinable @inline(__always)
  init(_ base: Base, _ isIncluded: @escaping @Sendable (Base.Element) -> Bool) {
    self.base = base
    self.isIncluded = isIncluded
  }

  @inlinable @inline(__always)
  public init(storage: Base.Storage, closures: Closures) {
    self.init(Base(storage: storage, closures: closures.base), closures.isIncluded)
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let isIncluded: @Sendable (Base.Element) -> Bool

    @inlinable @inline(__always)
    init(base: Base.Closures, isIncluded: @escaping @Sendable (Base.Element) -> Bool) {
      self.base = base
      self.isIncluded = isIncluded
    }
  }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> Closures {
    let base = base.closures
    let isIncluded = isIncluded
    return { Closures(base: base(), isIncluded: isIncluded) }
  }

  @inlinable @inline(__always)
  public var storage: Base.Storage { base.storage }

  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount }

  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { base.splitLimits }

  @inlinable @inline(__always)
  public func visit<Failure: Error>(
    _ positions: Range<Int>, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try base.visit(positions) { element throws(Failure) in
      if !isIncluded(element) { return true }
      return try body(element)
    }
  }
}

extension ParallelSequence {
  /// Returns the elements that satisfy a predicate, in order, when they are consumed.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func filter(_ isIncluded: @escaping @Sendable (Element) -> Bool) -> ParallelFilterSequence<Self> {
    ParallelFilterSequence(self, isIncluded)
  }
}
