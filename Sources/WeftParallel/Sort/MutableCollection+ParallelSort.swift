extension MutableCollection where Self: RandomAccessCollection, Element: Sendable {
  /// Sorts the collection in place, on all threads of the pool that have nothing else to do. Equal elements may change their
  /// order.
  ///
  ///     var scores = [3.5, 1.25, 2.0]
  ///     scores.parallelSort()
  ///
  /// Short collections are sorted on the calling thread alone. The result does not depend on the number of threads. Uses memory
  /// for as many elements more. Elements are moved, never copied.
  ///
  /// The standard library's integers of up to 64 bits, `Float` and `Double` are sorted by their bits, with a radix sort.
  /// Floating point comes in the total order of IEEE 754: negative NaNs, -infinity … -0, 0 … infinity, NaNs.
  ///
  /// - Complexity: O(*n*) for the numbers named above, otherwise O(*n* log *n*) comparisons, and O(*n*) if the collection is
  ///   in order or reversed; divided among the threads.
  @inlinable @inline(__always)
  public mutating func parallelSort() where Element: Comparable {
    withElements { $0.parallelSort() }
  }

  /// Sorts the collection in place by a comparison, on several threads. Equal elements may change their order.
  ///
  /// Short collections are sorted on the calling thread alone. The result does not depend on the number of threads. Uses memory
  /// for as many elements more. Elements are moved, never copied.
  ///
  /// - Parameter areInIncreasingOrder: Whether its first argument must come before the second. Several threads call it at the
  ///   same time. If it is no strict weak order, some order comes out, with each element in it once. It cannot throw: an order
  ///   that can fail is better found out in the keys, before sorting by them.
  /// - Complexity: O(*n* log *n*) comparisons, O(*n* log *k*) for *k* distinct elements, and O(*n*) if the collection is in
  ///   order or reversed; divided among the threads.
  @inlinable @inline(__always)
  public mutating func parallelSort(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    withElements { $0.parallelSort(by: areInIncreasingOrder) }
  }

  /// Sorts the collection in place by a key of each element, on several threads. Elements with equal keys may change their
  /// order.
  ///
  ///     particles.parallelSort(byKey: { $0.depth })
  ///
  /// The result does not depend on the number of threads. If the key is a number as in ``parallelSort()``, it is taken once for
  /// each element of a long collection and the keys are sorted with a radix sort, NaN in its total order; other keys are taken
  /// for each comparison. Uses memory for as many elements and keys more.
  ///
  /// - Parameter key: Gives the same key for the same element each time. Several threads call it at the same time.
  /// - Complexity: O(*n*) for numbers, otherwise O(*n* log *n*) comparisons; divided among the threads.
  @inlinable @inline(__always)
  public mutating func parallelSort<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) {
    withElements { $0.parallelSort(byKey: key) }
  }

  /// Sorts the collection in place, on several threads. Equal elements keep their order.
  ///
  /// As ``parallelSort()`` in all else; 0 and -0 are equal.
  @inlinable @inline(__always)
  public mutating func parallelStableSort() where Element: Comparable {
    withElements { $0.parallelStableSort() }
  }

  /// Sorts the collection in place by a comparison, on several threads. Equal elements keep their order.
  ///
  /// As ``parallelSort(by:)`` in all else.
  ///
  /// - Complexity: O(*n* log *n*) comparisons, and O(*n*) if the collection consists of few runs that are in order; divided
  ///   among the threads.
  @inlinable @inline(__always)
  public mutating func parallelStableSort(by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    withElements { $0.parallelStableSort(by: areInIncreasingOrder) }
  }

  /// Sorts the collection in place by a key of each element, on several threads. Elements with equal keys keep their order.
  ///
  /// As ``parallelSort(byKey:)`` in all else.
  @inlinable @inline(__always)
  public mutating func parallelStableSort<Key: Comparable & Sendable>(byKey key: @escaping @Sendable (Element) -> Key) {
    withElements { $0.parallelStableSort(byKey: key) }
  }

  /// Calls `body` with the elements in one piece of memory: their own, or that of a copy whose elements are put back.
  @inlinable @inline(__always)
  mutating func withElements(_ body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    if withContiguousMutableStorageIfAvailable({ body($0) }) != nil { return }
    var copy = Array(self)
    copy.withUnsafeMutableBufferPointer { body($0) }
    var index = startIndex
    for element in copy {
      self[index] = element
      formIndex(after: &index)
    }
  }
}
