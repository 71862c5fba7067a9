/// A parallel sequence's elements that satisfy a predicate.
@frozen
public struct ParallelFilterSequence<Base: ParallelSequence>: ParallelAdaptor {
  public typealias Element = Base.Element

  public typealias Storage = Base.Storage

  public let base: Base
  @usableFromInline let isIncluded: @Sendable (Base.Element) -> Bool

  @inlinable @inline(__always)
  init(_ base: Base, _ isIncluded: @escaping @Sendable (Base.Element) -> Bool) {
    self.base = base
    self.isIncluded = isIncluded
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
  public static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try Base.visit(positions, of: storage, closures.base) { element throws(Failure) in
      if !closures.isIncluded(element) { return true }
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
