extension UnsafeMutableBufferPointer where Element: Sendable {
  /// Sets all elements, which must be initialized, on all threads.
  ///
  /// - Complexity: O(*n*)
  @inlinable @inline(__always)
  public func parallelUpdate(repeating value: Element) {
    parallelMutable.chunks(ofCount: 16_384).forEach { $0.buffer.update(repeating: value) }
  }

  /// Copies as many elements, which must be initialized, on all threads. The memory must not overlap.
  ///
  /// - Precondition: The lengths are the same.
  /// - Complexity: O(*n*)
  @inlinable @inline(__always)
  public func parallelUpdate(fromContentsOf source: UnsafeBufferPointer<Element>) {
    zip(equalLength: parallelMutable.chunks(ofCount: 16_384), source.parallel.chunks(ofCount: 16_384)).forEach {
      _ = $0.0.buffer.update(fromContentsOf: $0.1.buffer)
    }
  }
}
