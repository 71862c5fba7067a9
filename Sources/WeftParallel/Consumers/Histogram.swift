extension ParallelSequence {
  /// How many elements belong to each of some bins.
  ///
  /// - Parameters:
  ///   - binCount: How many bins there are.
  ///   - bin: Returns the number of an element's bin.
  /// - Precondition: All results of `bin` are in `0..<binCount`.
  /// - Throws: An error of `bin`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads. Other threads count into bins of their own.
  @inlinable @inline(__always)
  public func histogram<Failure: Error>(
    binCount: Int, by bin: @Sendable (Element) throws(Failure) -> Int
  ) throws(Failure) -> [Int] {
    try accumulate(
      into: [Int](repeating: 0, count: binCount), minimumLength: binCount &* 4,
      { counts, element throws(Failure) in counts[try bin(element)] &+= 1 },
      { for bin in 0..<binCount { $0[bin] &+= $1[bin] } })
  }
}
