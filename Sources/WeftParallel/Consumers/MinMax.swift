extension ParallelSequence {
  /// The least element, the first one if several are equally little.
  ///
  /// - Parameter areInIncreasingOrder: Whether its first argument is to be ordered before its second one.
  /// - Returns: Nil if there are no elements.
  /// - Throws: An error of `areInIncreasingOrder`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func min<Failure: Error>(
    by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
  ) throws(Failure) -> Element? {
    try reduce { (left, right) throws(Failure) in try areInIncreasingOrder(right, left) ? right : left }
  }

  /// The greatest element, the first one if several are equally great.
  ///
  /// - Parameter areInIncreasingOrder: Whether its first argument is to be ordered before its second one.
  /// - Returns: Nil if there are no elements.
  /// - Throws: An error of `areInIncreasingOrder`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func max<Failure: Error>(
    by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
  ) throws(Failure) -> Element? {
    try reduce { (left, right) throws(Failure) in try areInIncreasingOrder(left, right) ? right : left }
  }

  /// The element with the least key, the first one if several keys are equally little.
  ///
  /// - Parameter key: Called once for each element.
  /// - Returns: Nil if there are no elements.
  /// - Throws: An error of `key`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func min<Key: Comparable & Sendable, Failure: Error>(
    byKey key: @Sendable (Element) throws(Failure) -> Key
  ) throws(Failure) -> Element? {
    try foldBlocks(
      first: { (element) throws(Failure) in (key: try key(element), element: element) },
      next: { (least: inout (key: Key, element: Element), element: Element) throws(Failure) in
        let key = try key(element)
        if key < least.key { least = (key, element) }
      },
      combine: { (left, right) throws(Failure) in right.key < left.key ? right : left })?.element
  }

  /// The element with the greatest key, the first one if several keys are equally great.
  ///
  /// - Parameter key: Called once for each element.
  /// - Returns: Nil if there are no elements.
  /// - Throws: An error of `key`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func max<Key: Comparable & Sendable, Failure: Error>(
    byKey key: @Sendable (Element) throws(Failure) -> Key
  ) throws(Failure) -> Element? {
    try foldBlocks(
      first: { (element) throws(Failure) in (key: try key(element), element: element) },
      next: { (greatest: inout (key: Key, element: Element), element: Element) throws(Failure) in
        let key = try key(element)
        if greatest.key < key { greatest = (key, element) }
      },
      combine: { (left, right) throws(Failure) in left.key < right.key ? right : left })?.element
  }
}

extension ParallelSequence where Element: Comparable {
  /// The least element, the first one if several are equally little.
  ///
  /// - Returns: Nil if there are no elements.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func min() -> Element? { reduce { $1 < $0 ? $1 : $0 } }

  /// The greatest element, the first one if several are equally great.
  ///
  /// - Returns: Nil if there are no elements.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func max() -> Element? { reduce { $0 < $1 ? $1 : $0 } }
}
