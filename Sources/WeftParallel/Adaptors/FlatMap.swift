/// The elements of the sequences that a parallel sequence's elements are transformed to.
@frozen
public struct ParallelFlatMapSequence<Base: ParallelSequence, Segment: Sequence & SendableMetatype>: ParallelAdaptor
where Segment.Element: Sendable {
  public typealias Element = Segment.Element
  public typealias Storage = Base.Storage

  public let base: Base
  @usableFromInline let transform: @Sendable (Base.Element) -> Segment

  @inlinable @inline(__always)
  init(_ base: Base, _ transform: @escaping @Sendable (Base.Element) -> Segment) {
    self.base = base
    self.transform = transform
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let transform: @Sendable (Base.Element) -> Segment

    @inlinable @inline(__always)
    init(base: Base.Closures, transform: @escaping @Sendable (Base.Element) -> Segment) {
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
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try Base.visit(positions, of: storage, closures.base) { element throws(Failure) in
      var elements = closures.transform(element).makeIterator()
      while let element = elements.next() {
        if try !body(element) { return false }
      }
      return true
    }
  }
}

extension ParallelSequence {
  /// Returns the elements of the sequences that `transform` returns for each element, in order, when they are consumed.
  ///
  /// Each of these sequences is gone through by one thread. If they are long, make them parallel.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func flatMap<Segment: Sequence & SendableMetatype>(
    _ transform: @escaping @Sendable (Element) -> Segment
  ) -> ParallelFlatMapSequence<Self, Segment> where Segment.Element: Sendable {
    ParallelFlatMapSequence(self, transform)
  }
}
