/// A sequence whose elements several threads can visit at the same time, in pieces.
///
/// The work is divided by *positions*: an array has one for each element, `chunks(ofCount:)` one for each chunk. A position
/// gives one element, or with an adaptor like `filter` none, or with `flatMap` several; always the same, in the same order.
///
/// A value of this type is put together again on each thread, from its data (`storage`) and from its closures. They are kept
/// apart because the compiler specialises the code for other threads on closures only where all that it captures is constant.
public protocol ParallelSequence<Element>: Sendable {
  associatedtype Element: Sendable
  /// What the elements are made from: pointers, bounds, counts. The sequence that it comes from keeps it alive.
  associatedtype Storage: Sendable
  /// The closures of the adaptors.
  associatedtype Closures: Sendable

  /// How many positions there are.
  var positionCount: Int { get }

  /// Into what lengths the positions may be divided.
  var splitLimits: SplitLimits { get }

  var storage: Storage { get }

  /// Returns the closures. Itself a closure so that it captures functions alone, which the compiler can see through.
  var closures: @Sendable () -> Closures { get }

  /// The sequence again, without what keeps its storage alive.
  init(storage: Storage, closures: Closures)

  /// Calls `body` with the elements at `positions` in their order, on the calling thread, until it returns false.
  ///
  /// - Returns: False if `body` did.
  func visit<Failure: Error>(
    _ positions: Range<Int>, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool
}

/// A parallel sequence with exactly one element at each position.
public protocol IndexedParallelSequence<Element>: ParallelSequence {
  /// The element at a position of `0..<positionCount`, which is not checked.
  subscript(position: Int) -> Element { get }
}

extension IndexedParallelSequence {
  @inlinable @inline(__always)
  public func visit<Failure: Error>(
    _ positions: Range<Int>, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    var position = positions.lowerBound
    while position < positions.upperBound {
      if try !body(self[position]) { return false }
      position &+= 1
    }
    return true
  }
}

extension ParallelSequence {
  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { SplitLimits() }
}

extension ParallelSequence where Closures == Void {
  @inlinable @inline(__always)
  public var closures: @Sendable () -> Void { {} }
}
