/// A parallel sequence's elements, followed by those of another one.
@frozen
public struct ParallelChainSequence<First: ParallelSequence, Second: ParallelSequence>: ParallelSequence
where First.Element == Second.Element {
  public typealias Element = First.Element

  @usableFromInline let first: First
  @usableFromInline let second: Second

  @inlinable @inline(__always)
  init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  @frozen
  public struct Storage: Sendable {
    @usableFromInline let first: First.Storage
    @usableFromInline let second: Second.Storage
    /// How many positions belong to the first sequence.
    @usableFromInline let border: Int

    @inlinable @inline(__always)
    init(first: First.Storage, second: Second.Storage, border: Int) {
      self.first = first
      self.second = second
      self.border = border
    }
  }

  @inlinable @inline(__always)
  public var storage: Storage { Storage(first: first.storage, second: second.storage, border: first.positionCount) }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> (First.Closures, Second.Closures) {
    let first = first.closures
    let second = second.closures
    return { (first(), second()) }
  }

  @inlinable @inline(__always)
  public var positionCount: Int { first.positionCount + second.positionCount }

  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { first.splitLimits.intersection(second.splitLimits) }

  @inlinable @inline(__always)
  public static var hasAtMostOneElementPerPosition: Bool {
    First.hasAtMostOneElementPerPosition && Second.hasAtMostOneElementPerPosition
  }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Storage, _ closures: (First.Closures, Second.Closures),
    _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    if positions.lowerBound < storage.border {
      let own = Range(uncheckedBounds: (positions.lowerBound, Swift.min(positions.upperBound, storage.border)))
      if try !First.visit(own, of: storage.first, closures.0, body) { return false }
    }
    if positions.upperBound > storage.border {
      let own = Range(
        uncheckedBounds: (Swift.max(0, positions.lowerBound &- storage.border), positions.upperBound &- storage.border))
      return try Second.visit(own, of: storage.second, closures.1, body)
    }
    return true
  }
}

extension ParallelChainSequence: IndexedParallelSequence where First: IndexedParallelSequence, Second: IndexedParallelSequence {
  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: Storage, _ closures: (First.Closures, Second.Closures)
  ) -> Element {
    if position < storage.border { return First.element(at: position, of: storage.first, closures.0) }
    return Second.element(at: position &- storage.border, of: storage.second, closures.1)
  }
}

/// Returns the elements of a parallel sequence, followed by those of another one.
///
/// - Precondition: The numbers of positions together do not exceed `Int.max`.
/// - Complexity: O(1)
@inlinable @inline(__always)
public func chain<First: ParallelSequence, Second: ParallelSequence>(
  _ first: First, _ second: Second
) -> ParallelChainSequence<First, Second> where First.Element == Second.Element {
  ParallelChainSequence(first, second)
}
