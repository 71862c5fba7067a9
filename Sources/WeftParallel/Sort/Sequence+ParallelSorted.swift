extension Sequence where Element: Sendable {
  /// The elements, sorted on several threads. Equal elements may change their order.
  ///
  /// See ``Swift/MutableCollection/parallelSort()``.
  @inlinable @inline(__always)
  public func parallelSorted() -> [Element] where Element: Comparable {
    var elements = Array(self)
    elements.parallelSort()
    return elements
  }

  /// The elements, sorted by a comparison on several threads. Equal elements may change their order.
  ///
  /// See ``Swift/MutableCollection/parallelSort(by:)``.
  @inlinable @inline(__always)
  public func parallelSorted(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) -> [Element] {
    var elements = Array(self)
    elements.parallelSort(by: areInIncreasingOrder)
    return elements
  }

  /// The elements, sorted by a key of each on several threads. Elements with equal keys may change their order.
  ///
  /// See ``Swift/MutableCollection/parallelSort(byKey:)``.
  @inlinable @inline(__always)
  public func parallelSorted<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) -> [Element] {
    var elements = Array(self)
    elements.parallelSort(byKey: key)
    return elements
  }

  /// The elements, sorted on several threads. Equal elements keep their order.
  ///
  /// See ``Swift/MutableCollection/parallelStableSort()``.
  @inlinable @inline(__always)
  public func parallelStableSorted() -> [Element] where Element: Comparable {
    var elements = Array(self)
    elements.parallelStableSort()
    return elements
  }

  /// The elements, sorted by a comparison on several threads. Equal elements keep their order.
  ///
  /// See ``Swift/MutableCollection/parallelStableSort(by:)``.
  @inlinable @inline(__always)
  public func parallelStableSorted(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) -> [Element] {
    var elements = Array(self)
    elements.parallelStableSort(by: areInIncreasingOrder)
    return elements
  }

  /// The elements, sorted by a key of each on several threads. Elements with equal keys keep their order.
  ///
  /// See ``Swift/MutableCollection/parallelStableSort(byKey:)``.
  @inlinable @inline(__always)
  public func parallelStableSorted<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) -> [Element] {
    var elements = Array(self)
    elements.parallelStableSort(byKey: key)
    return elements
  }
}
