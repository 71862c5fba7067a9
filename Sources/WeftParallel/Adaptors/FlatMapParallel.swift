/// The elements of the parallel sequences that a parallel sequence's elements are transformed to.
@frozen
public struct ParallelFlatMapParallelSequence<Base: ParallelSequence, Segment: ParallelSequence>: ParallelAdaptor {
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
      for element in closures.transform(element).collect() {
        if try !body(element) { return false }
      }
      return true
    }
  }
}

extension ParallelSequence {
  /// Returns the elements of the parallel sequences that `transform` returns for each element, in order, when they are consumed.
  ///
  /// The elements of each of these sequences are made on all threads that have nothing else to do, and collected in an array
  /// before they go on. That pays for few and long ones; otherwise let `transform` return sequences that are not parallel.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func flatMap<Segment: ParallelSequence>(
    _ transform: @escaping @Sendable (Element) -> Segment
  ) -> ParallelFlatMapParallelSequence<Self, Segment> {
    ParallelFlatMapParallelSequence(self, transform)
  }
}
