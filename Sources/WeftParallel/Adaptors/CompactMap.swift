/// The results that are not nil of transforming a parallel sequence's elements.
@frozen
public struct ParallelCompactMapSequence<Base: ParallelSequence, Element: Sendable>: ParallelAdaptor {
  public typealias Storage = Base.Storage

  public let base: Base
  @usableFromInline let transform: @Sendable (Base.Element) -> Element?

  @inlinable @inline(__always)
  init(_ base: Base, _ transform: @escaping @Sendable (Base.Element) -> Element?) {
    self.base = base
    self.transform = transform
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let transform: @Sendable (Base.Element) -> Element?

    @inlinable @inline(__always)
    init(base: Base.Closures, transform: @escaping @Sendable (Base.Element) -> Element?) {
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
  public static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try Base.visit(positions, of: storage, closures.base) { element throws(Failure) in
      guard let transformed = closures.transform(element) else { return true }
      return try body(transformed)
    }
  }
}

extension ParallelSequence {
  /// Returns the results that are not nil of calling `transform` with each element, in order, when they are consumed.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func compactMap<Transformed: Sendable>(
    _ transform: @escaping @Sendable (Element) -> Transformed?
  ) -> ParallelCompactMapSequence<Self, Transformed> {
    ParallelCompactMapSequence(self, transform)
  }
}
