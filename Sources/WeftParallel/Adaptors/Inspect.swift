/// A parallel sequence's elements, shown to a function on their way.
@frozen
public struct ParallelInspectSequence<Base: ParallelSequence>: ParallelAdaptor {
  public typealias Element = Base.Element
  public typealias Storage = Base.Storage

  public let base: Base
  @usableFromInline let body: @Sendable (Base.Element) -> Void

  @inlinable @inline(__always)
  init(_ base: Base, _ body: @escaping @Sendable (Base.Element) -> Void) {
    self.base = base
    self.body = body
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let body: @Sendable (Base.Element) -> Void

    @inlinable @inline(__always)
    init(base: Base.Closures, body: @escaping @Sendable (Base.Element) -> Void) {
      self.base = base
      self.body = body
    }
  }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> Closures {
    let base = base.closures
    let body = body
    return { Closures(base: base(), body: body) }
  }

  @inlinable @inline(__always)
  public static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try Base.visit(positions, of: storage, closures.base) { element throws(Failure) in
      closures.body(element)
      return try body(element)
    }
  }
}

extension ParallelInspectSequence: IndexedParallelSequence where Base: IndexedParallelSequence {
  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: Base.Storage, _ closures: Closures) -> Element {
    let element = Base.element(at: position, of: storage, closures.base)
    closures.body(element)
    return element
  }
}

extension ParallelSequence {
  /// Returns the same elements, and calls `body` with each of them when it is consumed.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func inspect(_ body: @escaping @Sendable (Element) -> Void) -> ParallelInspectSequence<Self> {
    ParallelInspectSequence(self, body)
  }
}
