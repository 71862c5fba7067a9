// Quicksort that knows patterns: O(n) for inputs in order or reversed, O(n log k) for k distinct values, O(n log n) at worst.
// After O. Peters, "Pattern-defeating quicksort", 2021; the partition is N. Lomuto's without branches, moving elements in a
// cycle (A. Alexandrescu, "Lomuto's comeback", 2020; L. Bergdoll, O. Peters, "ipnsort", 2024).
//
// It has no recursion, so that it is inlined whole into its caller with the caller's comparison. Elements are moved as bits, and no
// index comes from the comparison alone: an order that contradicts itself gives some permutation of the elements.

/// A part of the buffer that is still to be sorted.
@usableFromInline
struct UnsortedPart {
  @usableFromInline let start: Int
  @usableFromInline let end: Int
  /// How many more partitions it may take until heapsort ends it.
  @usableFromInline let limit: Int

  @inlinable @inline(__always)
  init(start: Int, end: Int, limit: Int) {
    self.start = start
    self.end = end
    self.limit = limit
  }
}

/// Sorts without keeping the order of equal elements.
@inlinable @inline(__always)
func quicksort<Element>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, by areInIncreasingOrder: (Element, Element) -> Bool
) {
  if count < 2 || sortIfOneRun(base, count, by: areInIncreasingOrder) { return }
  // The shorter part is sorted first, so no more than log2(count) wait.
  withUnsafeTemporaryAllocation(of: UnsortedPart.self, capacity: Int.bitWidth) { waiting in
    var waitingCount = 0
    var start = 0
    var end = count
    var limit = 2 &* (Int.bitWidth &- count.leadingZeroBitCount)
    while true {
      let part = base + start
      let length = end &- start
      if length > 20 && limit > 0 {
        limit &-= 1
        exchange(part, part + pivotIndex(part, length, by: areInIncreasingOrder))
        // What lies before a part is not greater than anything in it. If it is not less than the pivot, they are equal, and all
        // that equals them goes to the left and is done.
        if start > 0 && !areInIncreasingOrder(base[start &- 1], part.pointee) {
          start &+= partition(part, length) { element, pivot in !areInIncreasingOrder(pivot, element) } &+ 1
          continue
        }
        let middle = start &+ partition(part, length, areInIncreasingOrder)
        if middle &- start < end &- middle {
          waiting[waitingCount] = UnsortedPart(start: middle &+ 1, end: end, limit: limit)
          end = middle
        } else {
          waiting[waitingCount] = UnsortedPart(start: start, end: middle, limit: limit)
          start = middle &+ 1
        }
        waitingCount &+= 1
        continue
      }
      if length <= 20 {
        insertionSort(part, length, by: areInIncreasingOrder)
      } else {
        heapsort(part, length, by: areInIncreasingOrder)
      }
      if waitingCount == 0 { return }
      waitingCount &-= 1
      let next = waiting[waitingCount]
      start = next.start
      end = next.end
      limit = next.limit
    }
  }
}

/// The median of three elements, or of the medians of three times three in a longer part.
@inlinable @inline(__always)
func pivotIndex<Element>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, by areInIncreasingOrder: (Element, Element) -> Bool
) -> Int {
  let step = count / 8
  var candidates = (step, step &* 4, step &* 7)
  if count >= 128 {
    // A loop, so that the comparison is there once.
    var round = 0
    while round < 3 {
      let center = candidates.1
      candidates = (candidates.2, candidates.0, medianIndex(base, center &- step / 2, center, center &+ step / 2, by: areInIncreasingOrder))
      round &+= 1
    }
  }
  return medianIndex(base, candidates.0, candidates.1, candidates.2, by: areInIncreasingOrder)
}

@inlinable @inline(__always)
func medianIndex<Element>(
  _ base: UnsafeMutablePointer<Element>, _ a: Int, _ b: Int, _ c: Int, by areInIncreasingOrder: (Element, Element) -> Bool
) -> Int {
  let isABelowB = areInIncreasingOrder(base[a], base[b])
  if isABelowB != areInIncreasingOrder(base[a], base[c]) { return a }
  return isABelowB == areInIncreasingOrder(base[b], base[c]) ? b : c
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
