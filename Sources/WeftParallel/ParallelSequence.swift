/// A sequence whose elements several threads can visit at the same time, in pieces.
///
/// The work is divided by *positions*: an array has one for each element, `chunks(ofCount:)` one for each chunk. A position
/// gives one element, or with an adaptor like `filter` none, or with `flatMap` several; always the same, in the same order.
public protocol ParallelSequence<Element>: Sendable {
  associatedtype Element: Sendable

  /// How many positions there are.
  var positionCount: Int { get }

  /// Calls `body` with the elements at `positions` in their order, on the calling thread, until it returns false.
  ///
  /// - Returns: False if `body` did.
  func visit(_ positions: Range<Int>, _ body: (Element) -> Bool) -> Bool
}

/// A parallel sequence with exactly one element at each position.
public protocol IndexedParallelSequence<Element>: ParallelSequence {
  /// The element at a position of `0..<positionCount`, which is not checked.
  subscript(position: Int) -> Element { get }
}

extension IndexedParallelSequence {
  @inlinable @inline(__always)
  public func visit(_ positions: Range<Int>, _ body: (Element) -> Bool) -> Bool {
    var position = positions.lowerBound
    while position < positions.upperBound {
      if !body(self[position]) { return false }
      position &+= 1
    }
    return true
  }
}
