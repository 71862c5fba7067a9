import WeftPlatform

/// A parallel sequence's elements, divided among threads into pieces of other lengths.
@frozen
public struct ParallelSplitLengthSequence<Base: ParallelSequence>: ParallelAdaptor {
  public typealias Element = Base.Element
  public typealias Storage = Base.Storage
  public typealias Closures = Base.Closures

  public let base: Base
  public let splitLimits: SplitLimits

  @inlinable @inline(__always)
  init(_ base: Base, _ limits: SplitLimits) {
    self.base = base
    splitLimits = limits
  }

  @inlinable @inline(__always)
  public static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Base.Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    try Base.visit(positions, of: storage, closures, body)
  }
}

extension ParallelSplitLengthSequence: IndexedParallelSequence where Base: IndexedParallelSequence {
  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: Base.Storage, _ closures: Base.Closures) -> Element {
    Base.element(at: position, of: storage, closures)
  }
}

extension ParallelSequence {
  /// Returns the same elements, of which no thread gets fewer than `length` at a time, but at the end.
  ///
  /// Threads share loops at no cost while nobody is idle, so this is seldom needed.
  ///
  /// - Parameter length: At least 1. It counts positions: elements before any `filter`, chunks rather than what is in them.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func minimumSplitLength(_ length: Int) -> ParallelSplitLengthSequence<Self> {
    if length <= 0 { fail("minimumSplitLength(_:) and maximumSplitLength(_:): the length must be at least 1") }
    return ParallelSplitLengthSequence(self, SplitLimits(minimum: length, maximum: Swift.max(length, splitLimits.maximum)))
  }

  /// Returns the same elements, of which no thread gets more than `length` at a time.
  ///
  /// Threads look between pieces whether they should stop, so it also is how soon an early exit takes effect.
  ///
  /// - Parameter length: At least 1. It counts positions: elements before any `filter`, chunks rather than what is in them.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func maximumSplitLength(_ length: Int) -> ParallelSplitLengthSequence<Self> {
    if length <= 0 { fail("minimumSplitLength(_:) and maximumSplitLength(_:): the length must be at least 1") }
    return ParallelSplitLengthSequence(self, SplitLimits(minimum: Swift.min(length, splitLimits.minimum), maximum: length))
  }
}
