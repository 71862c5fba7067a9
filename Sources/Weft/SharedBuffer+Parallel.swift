import WeftJS
import WeftParallel

extension SharedBuffer where Element: Sendable {
  /// The elements, for loops and reductions on all threads. They must not change meanwhile.
  ///
  /// - Complexity: O(1); nothing is copied.
  @inlinable @inline(__always)
  public var parallel: ParallelBuffer<Element> { UnsafeBufferPointer(start: baseAddress, count: count).parallel }
}
