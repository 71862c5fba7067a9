// What the benchmarks compare the parallel forms with: the same sorts on the calling thread alone.
@_spi(Benchmarks)
extension UnsafeMutableBufferPointer where Element: Sendable {
  /// ``parallelSort()`` without other threads.
  @inlinable @inline(__always)
  public func sequentialSort() where Element: Comparable {
    sortElements(self, isStable: false, isParallel: false)
  }

  /// ``parallelSort(by:)`` without other threads.
  @inlinable @inline(__always)
  public func sequentialSort(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    sortElements(self, isStable: false, isParallel: false, in: ClosureOrder(areInIncreasingOrder))
  }

  /// ``parallelStableSort(by:)`` without other threads.
  @inlinable @inline(__always)
  public func sequentialStableSort(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    sortElements(self, isStable: true, isParallel: false, in: ClosureOrder(areInIncreasingOrder))
  }

  /// ``parallelStableSort(byKey:)`` without other threads.
  @inlinable @inline(__always)
  public func sequentialStableSort<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) {
    sortElements(self, isStable: true, isParallel: false, byKey: key)
  }
}
