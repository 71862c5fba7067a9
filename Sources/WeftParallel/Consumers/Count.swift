extension ParallelSequence {
  /// The number of elements.
  ///
  /// - Complexity: O(*n*), on all threads: the closures of the adaptors are called for each element.
  @inlinable @inline(__always)
  public func count() -> Int {
    combineBlocks(
      initial: 0,
      { sequence, block in
        var count = 0
        _ = sequence.visit(block) { _ in
          count &+= 1
          return true
        }
        return count
      }, { $0 &+ $1 }
    ).unsafelyUnwrapped
  }
}

extension IndexedParallelSequence {
  /// The number of elements.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func count() -> Int { positionCount }
}
