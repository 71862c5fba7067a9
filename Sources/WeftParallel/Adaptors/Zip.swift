import WeftPlatform

/// Pairs of the elements at the same positions of two parallel sequences.
@frozen
public struct ParallelZipSequence<First: IndexedParallelSequence, Second: IndexedParallelSequence>: IndexedParallelSequence {
  public typealias Element = (First.Element, Second.Element)

  @usableFromInline let first: First
  @usableFromInline let second: Second

  @inlinable @inline(__always)
  init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> (First.Closures, Second.Closures) {
    let first = first.closures
    let second = second.closures
    return { (first(), second()) }
  }

  @inlinable @inline(__always)
  public var storage: (First.Storage, Second.Storage) { (first.storage, second.storage) }

  @inlinable @inline(__always)
  public var positionCount: Int { Swift.min(first.positionCount, second.positionCount) }

  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { first.splitLimits.intersection(second.splitLimits) }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (First.Storage, Second.Storage), _ closures: (First.Closures, Second.Closures)
  ) -> Element {
    (
      First.element(at: position, of: storage.0, closures.0),
      Second.element(at: position, of: storage.1, closures.1)
    )
  }
}

/// Returns pairs of the elements of two parallel sequences, as many as the shorter one has.
///
/// - Complexity: O(1)
@inlinable @inline(__always)
public func zip<First: IndexedParallelSequence, Second: IndexedParallelSequence>(
  _ first: First, _ second: Second
) -> ParallelZipSequence<First, Second> {
  ParallelZipSequence(first, second)
}

/// Returns pairs of the elements of two parallel sequences of the same length.
///
/// - Precondition: The lengths are the same.
/// - Complexity: O(1)
@inlinable @inline(__always)
public func zip<First: IndexedParallelSequence, Second: IndexedParallelSequence>(
  equalLength first: First, _ second: Second
) -> ParallelZipSequence<First, Second> {
  if first.positionCount != second.positionCount {
    fail("zip(equalLength:_:): the sequences differ in length; zip(_:_:) ends with the shorter one")
  }
  return ParallelZipSequence(first, second)
}
