import WeftPlatform
import WeftScheduler

extension UnsafeMutableBufferPointer where Element: Sendable {
  /// Sets all elements, which must be initialized, on all threads.
  ///
  /// - Complexity: O(*n*)
  @inlinable @inline(__always)
  public func parallelUpdate(repeating value: Element) {
    guard let baseAddress else { return }
    // Holds: pieces do not overlap.
    nonisolated(unsafe) let base = baseAddress
    parallelPieces(of: count) { piece in
      (base + piece.lowerBound).update(repeating: value, count: piece.upperBound &- piece.lowerBound)
      return true
    }
  }

  /// Copies as many elements, which must be initialized, on all threads. The memory must not overlap.
  ///
  /// - Precondition: The lengths are the same.
  /// - Complexity: O(*n*)
  @inlinable @inline(__always)
  public func parallelUpdate(fromContentsOf source: UnsafeBufferPointer<Element>) {
    if count != source.count { fail("parallelUpdate(fromContentsOf:): the buffers must have the same length") }
    guard let target = baseAddress, let source = source.baseAddress else { return }
    // Holds: pieces do not overlap.
    nonisolated(unsafe) let (from, to) = (source, target)
    parallelPieces(of: count) { piece in
      (to + piece.lowerBound).update(from: from + piece.lowerBound, count: piece.upperBound &- piece.lowerBound)
      return true
    }
  }
}
