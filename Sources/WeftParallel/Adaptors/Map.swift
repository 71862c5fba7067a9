/// A parallel sequence's elements, transformed.
@frozen
public struct ParallelMapSequence<Base: ParallelSequence, Element: Sendable>: ParallelAdaptor {
  public typealias Storage = Base.Storage

  public let base: Base
  @usableFromInline let transform: @Sendable (Base.Element) -> Element

  @inlinable @inline(__always)
  init(_ base: Base, _ transform: @escaping @Sendable (Base.Element) -> Element) {
    self.base = base
    self.transform = transform
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
  public static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try Base.visit(positions, of: storage, closures.base) { element throws(Failure) in try body(closures.transform(element)) }
  }
}

extension ParallelMapSequence: IndexedParallelSequence where Base: IndexedParallelSequence {
  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: Base.Storage, _ closures: Closures) -> Element {
    closures.transform(Base.element(at: position, of: storage, closures.base))
  }
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
