extension UnsafeMutableBufferPointer where Element: Sendable {
  /// Sorts the elements in place, on all threads of the pool that have nothing else to do. Equal elements may change their order.
  ///
  /// See ``Swift/MutableCollection/parallelSort()``. The buffer must be initialized, and nobody else may use it meanwhile.
  @inlinable @inline(__always)
  public func parallelSort() where Element: Comparable {
    sortElements(self, isStable: false, isParallel: true)
  }

  /// Sorts the elements in place by a comparison, on several threads. Equal elements may change their order.
  ///
  /// See ``Swift/MutableCollection/parallelSort(by:)``. The buffer must be initialized, and nobody else may use it meanwhile.
  @inlinable @inline(__always)
  public func parallelSort(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    sortElements(self, isStable: false, isParallel: true, in: ClosureOrder(areInIncreasingOrder))
  }

  /// Sorts the elements in place by a key of each, on several threads. Elements with equal keys may change their order.
  ///
  /// See ``Swift/MutableCollection/parallelSort(byKey:)``. The buffer must be initialized, and nobody else may use it meanwhile.
  @inlinable @inline(__always)
  public func parallelSort<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) {
    sortElements(self, isStable: false, isParallel: true, byKey: key)
  }

  /// Sorts the elements in place, on several threads. Equal elements keep their order.
  ///
  /// See ``Swift/MutableCollection/parallelStableSort()``. The buffer must be initialized, and nobody else may use it meanwhile.
  @inlinable @inline(__always)
  public func parallelStableSort() where Element: Comparable {
    sortElements(self, isStable: true, isParallel: true)
  }

  /// Sorts the elements in place by a comparison, on several threads. Equal elements keep their order.
  ///
  /// See ``Swift/MutableCollection/parallelStableSort(by:)``. The buffer must be initialized, and nobody else may use it
  /// meanwhile.
  @inlinable @inline(__always)
  public func parallelStableSort(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    sortElements(self, isStable: true, isParallel: true, in: ClosureOrder(areInIncreasingOrder))
  }

  /// Sorts the elements in place by a key of each, on several threads. Elements with equal keys keep their order.
  ///
  /// See ``Swift/MutableCollection/parallelStableSort(byKey:)``. The buffer must be initialized, and nobody else may use it
  /// meanwhile.
  @inlinable @inline(__always)
  public func parallelStableSort<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) {
    sortElements(self, isStable: true, isParallel: true, byKey: key)
  }
}
