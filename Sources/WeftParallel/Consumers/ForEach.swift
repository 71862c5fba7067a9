extension ParallelSequence {
  /// Calls `body` with each element, in no particular order, on all threads that have nothing else to do.
  ///
  /// Returns when all calls have returned.
  ///
  /// - Throws: An error of `body`: that of the lowest positions, if several calls that were under way threw. No further
  ///   piece of the elements is begun after an error.
  /// - Complexity: O(*n*) calls of `body`.
  @inlinable @inline(__always)
  public func forEach<Failure: Error>(_ body: @Sendable (Element) throws(Failure) -> Void) throws(Failure) {
    let closures = closures
    try forEachPiece((), minimumLength: splitLimits.minimum) { (piece, data) throws(Failure) in
      let closures = closures()
      let storage = data.pointee.storage
      return try Self.visit(piece, of: storage, closures) { element throws(Failure) in
        try body(element)
        return true
      }
    }
  }
}
