// Quicksort that knows patterns: O(n) for inputs in order or reversed, O(n log k) for k distinct values, O(n log n) at worst.
// After O. Peters, "Pattern-defeating quicksort", 2021; the partition is N. Lomuto's without branches, moving elements in a
// cycle (A. Alexandrescu, "Lomuto's comeback", 2020; L. Bergdoll, O. Peters, "ipnsort", 2024).
//
// It has no recursion, so that it is inlined whole into its caller with the caller's comparison. Elements are moved as bits, and no
// index comes from the comparison alone: an order that contradicts itself gives some permutation of the elements.

/// A part of the elements that is still to be sorted.
@usableFromInline
struct UnsortedPart {
  @usableFromInline var start: Int
  @usableFromInline var end: Int
  /// How many more partitions it may take until heapsort ends it.
  @usableFromInline var limit: Int

  @inlinable @inline(__always)
  init(start: Int, end: Int, limit: Int) {
    self.start = start
    self.end = end
    self.limit = limit
  }

  /// All of so many elements.
  @inlinable @inline(__always)
  init(_ count: Int) {
    self.init(start: 0, end: count, limit: 2 &* (Int.bitWidth &- count.leadingZeroBitCount))
  }
}

/// Sorts without keeping the order of equal elements.
@inlinable @inline(__always)
func quicksort<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) {
  if count < 2 || sortIfOneRun(base, count, in: order) { return }
  quicksort(base, UnsortedPart(count), in: order) { _ in false }
}

/// Sorts one part. What lies before it is not greater than anything in it.
///
/// - Parameter handOver: Returns whether somebody else sorts the part that it gets.
@inlinable @inline(__always)
func quicksort<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ part: UnsortedPart, in order: Order, handOver: (UnsortedPart) -> Bool
) {
  // The shorter part is sorted first, so no more than log2(count) wait.
  withUnsafeTemporaryAllocation(of: UnsortedPart.self, capacity: Int.bitWidth) { waiting in
    var waitingCount = 0
    var part = part
    while true {
      let first = base + part.start
      let length = part.end &- part.start
      if length > 20 && part.limit > 0 {
        part.limit &-= 1
        exchange(first, first + pivotIndex(first, length, in: order))
        // If what lies before the part is not less than the pivot, they are equal, and all that equals them goes to the left and
        // is done.
        if part.start > 0 && !order.isOrdered(base[part.start &- 1], before: first.pointee) {
          part.start &+= partition(first, length) { element, pivot in !order.isOrdered(pivot, before: element) } &+ 1
          continue
        }
        let middle = part.start &+ partition(first, length) { order.isOrdered($0, before: $1) }
        var longer = UnsortedPart(start: part.start, end: middle, limit: part.limit)
        if middle &- part.start < part.end &- middle {
          longer = UnsortedPart(start: middle &+ 1, end: part.end, limit: part.limit)
          part.end = middle
        } else {
          part.start = middle &+ 1
        }
        if !handOver(longer) {
          waiting[waitingCount] = longer
          waitingCount &+= 1
        }
        continue
      }
      if length <= 20 {
        insertionSort(first, length, in: order)
      } else {
        heapsort(first, length, in: order)
      }
      if waitingCount == 0 { return }
      waitingCount &-= 1
      part = waiting[waitingCount]
    }
  }
}

/// The median of three elements, or of the medians of three times three in a longer part.
@inlinable @inline(__always)
func pivotIndex<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) -> Int {
  let step = count / 8
  var candidates = (step, step &* 4, step &* 7)
  if count >= 128 {
    // A loop, so that the comparison is there once.
    var round = 0
    while round < 3 {
      let center = candidates.1
      candidates = (candidates.2, candidates.0, medianIndex(base, center &- step / 2, center, center &+ step / 2, in: order))
      round &+= 1
    }
  }
  return medianIndex(base, candidates.0, candidates.1, candidates.2, in: order)
}

@inlinable @inline(__always)
func medianIndex<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ a: Int, _ b: Int, _ c: Int, in order: Order
) -> Int {
  let isABelowB = order.isOrdered(base[a], before: base[b])
  if isABelowB != order.isOrdered(base[a], before: base[c]) { return a }
  return isABelowB == order.isOrdered(base[b], before: base[c]) ? b : c
}

/// Moves the elements that belong to the left of the first one, the pivot, there, and the pivot between them and the others.
///
/// - Returns: How many are left of the pivot.
@inlinable @inline(__always)
func partition<Element>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, _ belongsLeft: (_ element: Element, _ pivot: Element) -> Bool
) -> Int {
  let pivot = base.move()
  let rest = base + 1
  let last = count &- 2
  // The first of the rest is out of the way, and the gap that it left wanders to the right.
  let first = rest.move()
  var gap = rest
  var leftCount = 0
  var index = 1
  while index <= last {
    let element = rest + index
    let isLeft = belongsLeft(element.pointee, pivot)
    gap.initialize(to: (rest + leftCount).move())
    (rest + leftCount).initialize(to: element.move())
    gap = element
    leftCount &+= isLeft ? 1 : 0
    index &+= 1
  }
  let isLeft = belongsLeft(first, pivot)
  gap.initialize(to: (rest + leftCount).move())
  (rest + leftCount).initialize(to: first)
  leftCount &+= isLeft ? 1 : 0
  // The pivot's place is the gap now; the last one of the left goes there.
  base.initialize(to: (base + leftCount).move())
  (base + leftCount).initialize(to: pivot)
  return leftCount
}
