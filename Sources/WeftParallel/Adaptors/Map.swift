/// A parallel sequence's elements, transformed.
@frozen
public struct ParallelMapSequence<Base: ParallelSequence, Element: Sendable>: ParallelSequence {
  @usableFromInline let base: Base
  @usableFromInline let transform: @Sendable (Base.Element) -> Element

  @inlinable @inline(__always)
  init(_ base: Base, _ transform: @escaping @Sendable (Base.Element) -> Element) {
    self.base = base
    self.transform = transform
  }

  @inlinable @inline(__always)
  public init(storage: Base.Storage, closures: Closures) {
    self.init(Base(storage: storage, closures: closures.base), closures.transform)
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let transform: @Sendable (Base.Element) -> Element

    @inlinable @inline(__always)
    init(base: Base.Closures, transform: @escaping @Sendable (Base.Element) -> Element) {
      self.base = base
      self.transform = transform
    }
  }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> Closures {
    let base = base.closures
    let transform = transform
    return { Closures(base: base(), transform: transform) }
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
    try base.visit(positions) { element throws(Failure) in try body(transform(element)) }
  }
}

extension ParallelMapSequence: IndexedParallelSequence where Base: IndexedParallelSequence {
  @inlinable @inline(__always)
  public subscript(position: Int) -> Element { transform(base[position]) }
}

extension ParallelSequence {
  /// Returns the results of calling `transform` with each element, when they are consumed.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func map<Transformed: Sendable>(
    _ transform: @escaping @Sendable (Element) -> Transformed
  ) -> ParallelMapSequence<Self, Transformed> {
    ParallelMapSequence(self, transform)
  }
}
