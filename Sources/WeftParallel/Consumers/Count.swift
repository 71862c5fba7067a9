extension ParallelSequence {
  /// The number of elements.
  ///
  /// - Complexity: O(*n*), on all threads: the closures of the adaptors are called for each element.
  @inlinable @inline(__always)
  public func count() -> Int { map { _ in 1 }.sum() }
}

extension IndexedParallelSequence {
  /// The number of elements.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func count() -> Int { positionCount }
}
