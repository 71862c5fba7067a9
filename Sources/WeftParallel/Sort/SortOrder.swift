/// Which of two elements comes first.
///
/// A type of its own, so that the code that other threads run is compiled for it: they call a closure that a loop's body has captured
/// through a pointer, once for each comparison.
@usableFromInline
protocol SortOrder<Element>: Sendable {
  associatedtype Element
  /// Whether the code that other threads run has the comparison in it.
  static var isInlinedElsewhere: Bool { get }
  /// Whether `a` must come before `b`.
  func isOrdered(_ a: Element, before b: Element) -> Bool
}

/// The elements' own order.
@usableFromInline
struct NaturalOrder<Element: Comparable>: SortOrder {
  @inlinable @inline(__always)
  static var isInlinedElsewhere: Bool { true }

  @inlinable @inline(__always)
  init() {}

  @inlinable @inline(__always)
  func isOrdered(_ a: Element, before b: Element) -> Bool { a < b }
}

/// The order of numbers in their bits, where NaN has its place too.
@usableFromInline
struct RadixOrder<Element: RadixSortable>: SortOrder {
  @inlinable @inline(__always)
  static var isInlinedElsewhere: Bool { true }

  @inlinable @inline(__always)
  init() {}

  @inlinable @inline(__always)
  func isOrdered(_ a: Element, before b: Element) -> Bool { Element.isOrdered(a, before: b) }
}

/// The order that a closure tells.
@usableFromInline
struct ClosureOrder<Element>: SortOrder {
  @inlinable @inline(__always)
  static var isInlinedElsewhere: Bool { false }
  @usableFromInline let areInIncreasingOrder: @Sendable (Element, Element) -> Bool

  @inlinable @inline(__always)
  init(_ areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool) {
    self.areInIncreasingOrder = areInIncreasingOrder
  }

  @inlinable @inline(__always)
  func isOrdered(_ a: Element, before b: Element) -> Bool { areInIncreasingOrder(a, b) }
}

/// The order of the keys that a closure gives.
@usableFromInline
struct KeyOrder<Element, Key: Comparable>: SortOrder {
  @inlinable @inline(__always)
  static var isInlinedElsewhere: Bool { false }
  @usableFromInline let key: @Sendable (Element) -> Key

  @inlinable @inline(__always)
  init(_ key: @escaping @Sendable (Element) -> Key) { self.key = key }

  @inlinable @inline(__always)
  func isOrdered(_ a: Element, before b: Element) -> Bool {
    hasOrderedBits(Key.self) ? orderedBits(ofKey: key(a)) < orderedBits(ofKey: key(b)) : key(a) < key(b)
  }
}
