/// A sequence whose elements several threads can visit at the same time, in pieces.
///
/// The work is divided by *positions*: an array has one for each element, `chunks(ofCount:)` one for each chunk. A position
/// gives one element, or with an adaptor like `filter` none, or with `flatMap` several; always the same, in the same order.
///
/// Threads visit positions with the sequence's data (`storage`) and its `closures`. They are apart because the compiler
/// specialises what other threads run on closures only where all that it captures is constant, and data is not.
public protocol ParallelSequence<Element>: Sendable {
  /// What the positions give.
  associatedtype Element: Sendable
  /// What elements are made from: pointers, bounds, counts. The sequence keeps alive what it points to.
  associatedtype Storage: Sendable
  /// The closures of the adaptors.
  associatedtype Closures: Sendable

  /// How many positions there are.
  var positionCount: Int { get }

  /// Into what lengths the positions may be divided.
  var splitLimits: SplitLimits { get }

  /// Whether no position has more than one element. A constant.
  static var hasAtMostOneElementPerPosition: Bool { get }

  /// The data, which holds for as long as the sequence is there.
  var storage: Storage { get }

  /// Returns the closures. Itself a closure so that it captures functions alone, which the compiler can see through.
  var closures: @Sendable () -> Closures { get }

  /// Calls `body` with the elements at `positions` in their order, on the calling thread, until it returns false.
  ///
  /// - Returns: False if `body` did.
  static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool
}

/// A parallel sequence with exactly one element at each position.
public protocol IndexedParallelSequence<Element>: ParallelSequence {
  /// The element at a position of `0..<positionCount`, which is not checked.
  static func element(at position: Int, of storage: Storage, _ closures: Closures) -> Element
}

extension IndexedParallelSequence {
  /// True: each position has exactly one.
  @inlinable @inline(__always)
  public static var hasAtMostOneElementPerPosition: Bool { true }

  /// Calls `body` with the elements at `positions`, one after the other. O(number of positions).
  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    var position = positions.lowerBound
    while position < positions.upperBound {
      if try !body(element(at: position, of: storage, closures)) { return false }
      position &+= 1
    }
    return true
  }
}

extension ParallelSequence {
  /// No limits: pieces may have any length.
  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { SplitLimits() }

  /// False: a position may have any number.
  @inlinable @inline(__always)
  public static var hasAtMostOneElementPerPosition: Bool { false }
}

extension ParallelSequence {
  /// Whether making an element calls nothing of the user's, so that it costs next to nothing. A constant.
  @inlinable @inline(__always)
  var hasNoClosures: Bool { MemoryLayout<Closures>.size == 0 }
}

extension ParallelSequence where Closures == Void {
  /// None.
  @inlinable @inline(__always)
  public var closures: @Sendable () -> Void { {} }
}

/// A parallel sequence made from another one, with what most of them have in common.
public protocol ParallelAdaptor: ParallelSequence {
  /// The sequence that it is made from.
  associatedtype Base: ParallelSequence
  /// The sequence that it is made from.
  var base: Base { get }
}

extension ParallelAdaptor {
  /// As many as the base has.
  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount }

  /// Those of the base.
  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { base.splitLimits }
}

extension ParallelAdaptor where Storage == Base.Storage {
  /// That of the base.
  @inlinable @inline(__always)
  public var storage: Base.Storage { base.storage }
}

extension ParallelAdaptor where Closures == Base.Closures {
  /// Those of the base.
  @inlinable @inline(__always)
  public var closures: @Sendable () -> Base.Closures { base.closures }
}
