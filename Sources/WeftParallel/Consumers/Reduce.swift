extension ParallelSequence {
  /// Combines all elements with an associative operation.
  ///
  /// Elements are combined from left to right within blocks whose lengths depend on the number of positions alone, and the
  /// blocks from left to right: floating-point results are the same on any number of threads. Up to 256 positions they are
  /// what the standard library's `reduce` gives.
  ///
  /// - Parameters:
  ///   - initial: Used once, to the left of the first element.
  ///   - combine: An associative operation. It need not be commutative.
  /// - Throws: An error of `combine`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*) calls of `combine`, on all threads.
  @inlinable @inline(__always)
  public func reduce<Failure: Error>(
    _ initial: Element, _ combine: @Sendable (Element, Element) throws(Failure) -> Element
  ) throws(Failure) -> Element {
    try reduce(initial: initial, combine) ?? initial
  }

  /// Combines all elements with an associative operation.
  ///
  /// Otherwise as ``reduce(_:_:)``.
  ///
  /// - Returns: Nil if there are no elements.
  @inlinable @inline(__always)
  public func reduce<Failure: Error>(
    _ combine: @Sendable (Element, Element) throws(Failure) -> Element
  ) throws(Failure) -> Element? {
    try reduce(initial: nil, combine)
  }

  @inlinable @inline(__always)
  func reduce<Failure: Error>(
    initial: Element?, _ combine: @Sendable (Element, Element) throws(Failure) -> Element
  ) throws(Failure) -> Element? {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits)
    let closures = closures
    // One position has nothing to share; what follows would take longer than an element.
    if positionCount == 1 && blocks.length == 1 {
      var result = initial
      try withExtendedLifetime(self) { () throws(Failure) in
        _ = try Self.visit(0..<1, of: storage, closures()) { element throws(Failure) in
          result = if let left = result { try combine(left, element) } else { element }
          return true
        }
      }
      return result
    }
    return try forEachPiece(BlockResults(prefix: initial, blocks: blocks), minimumLength: blocks.length) {
      (piece, data) throws(Failure) in
      let closures = closures()
      let storage = data.pointee.storage
      let results: UnsafeMutablePointer<BlockResults<Element>> = data.context()
      try results.add(
        piece, isNext: results.isNext(piece), continues: true,
        { (block, left) throws(Failure) -> Element? in
          var result = left
          _ = try Self.visit(block, of: storage, closures) { element throws(Failure) in
            result = if let left = result { try combine(left, element) } else { element }
            return true
          }
          return result
        }, combine)
      return true
    }.combined(combine)
  }
}
