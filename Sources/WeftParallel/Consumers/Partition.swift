extension ParallelSequence {
  /// The elements that do not satisfy a predicate, and those that do, each in order.
  ///
  /// - Throws: An error of `predicate`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func partitioned<Failure: Error>(
    by predicate: @Sendable (Element) throws(Failure) -> Bool
  ) throws(Failure) -> (falseElements: [Element], trueElements: [Element]) {
    try accumulate(
      into: ([Element](), [Element]()),
      { parts, element throws(Failure) in
        if try predicate(element) { parts.1.append(element) } else { parts.0.append(element) }
      },
      {
        $0.0.append(contentsOf: $1.0)
        $0.1.append(contentsOf: $1.1)
      })
  }
}
