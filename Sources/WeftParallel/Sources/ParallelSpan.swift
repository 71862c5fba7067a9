// A span may not leave the scope that it borrows from, while the stages of a pipeline are stored one in another. They could be
// marked as not escaping only with lifetime annotations on each of them, which are experimental. So the scope is a closure's.

extension Span where Element: Sendable {
  /// Calls `body` with the elements as a parallel sequence, which must not be used after `body` has returned.
  ///
  ///     let total = samples.span.withParallel { $0.map { $0 * $0 }.sum() }
  ///
  /// Nothing is copied.
  ///
  /// - Throws: What `body` throws.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func withParallel<Result, Failure: Error>(
    _ body: (ParallelBuffer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(Failure) in try body(buffer.parallel) }
  }
}

extension MutableSpan where Element: Sendable {
  /// Calls `body` with the elements as a parallel sequence in which each can be changed in place. It must not be used after
  /// `body` has returned.
  ///
  ///     var span = pixels.mutableSpan
  ///     span.withParallelMutableElements { $0.forEach { $0.value = shade($0.value) } }
  ///
  /// - Throws: What `body` throws.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public mutating func withParallelMutableElements<Result, Failure: Error>(
    _ body: (ParallelMutableBuffer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeMutableBufferPointer { (buffer) throws(Failure) in try body(buffer.parallelMutable) }
  }
}
