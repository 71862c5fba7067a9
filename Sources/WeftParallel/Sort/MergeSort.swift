// Stable merge sort of the runs that are there already, merged in nearly the best order: O(n) for inputs of few runs,
// O(n log n) comparisons at worst. J. Munro, S. Wild, "Nearly-optimal mergesorts" (powersort), 2018.

/// A run, and the depth of the boundary before it in the tree of merges.
@usableFromInline
struct SortedRun {
  @usableFromInline let start: Int
  @usableFromInline let end: Int
  @usableFromInline let depth: Int

  @inlinable @inline(__always)
  init(start: Int, end: Int, depth: Int) {
    self.start = start
    self.end = end
    self.depth = depth
  }
}

/// Sorts stably. `scratch` has room for half of the elements.
@inlinable @inline(__always)
func mergeSort<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, scratch: UnsafeMutablePointer<Element>,
  in order: Order
) {
  if count < 2 { return }
  // Depths on the stack increase, and none is greater than the width of an integer.
  withUnsafeTemporaryAllocation(of: SortedRun.self, capacity: UInt64.bitWidth &+ 2) { waiting in
    var waitingCount = 0
    var start = 0
    var end = 0
    while true {
      // The next run, lengthened if it is short; at the end an empty one, which makes all the others be merged.
      let nextEnd = end &+ nextRun(base + end, count &- end, in: order)
      let depth = end == count ? 0 : boundaryDepth(start, end, nextEnd, of: count)
      while waitingCount > 0 && waiting[waitingCount &- 1].depth >= depth {
        waitingCount &-= 1
        let left = waiting[waitingCount]
        mergeInPlace(base + left.start, left.end &- left.start, end &- start, scratch: scratch, in: order)
        start = left.start
      }
      if end == count { return }
      if end > 0 {
        waiting[waitingCount] = SortedRun(start: start, end: end, depth: depth)
        waitingCount &+= 1
      }
      start = end
      end = nextEnd
    }
  }
}

/// Makes a run at the start of a buffer. Returns its length.
@inlinable @inline(__always)
func nextRun<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) -> Int {
  if count == 0 { return 0 }
  let (length, isDescending) = runLength(base, count, in: order)
  if isDescending { reverse(base, length) }
  let least = min(count, 24)
  if length >= least { return length }
  insertionSort(base, least, sorted: length, in: order)
  return least
}

/// How deep in a balanced tree over all elements the boundary between two runs lies: powersort's rule.
@inlinable @inline(__always)
func boundaryDepth(_ start: Int, _ middle: Int, _ end: Int, of count: Int) -> Int {
  // Twice the middles of the runs, in units of the element count: their first different binary digit.
  var left = UInt64(truncatingIfNeeded: start &+ middle)
  var right = UInt64(truncatingIfNeeded: middle &+ end)
  let whole = UInt64(truncatingIfNeeded: count)
  var depth = 0
  repeat {
    depth &+= 1
    if left >= whole {
      left &-= whole
      right &-= whole
    } else if right >= whole {
      break
    }
    left &<<= 1
    right &<<= 1
  } while depth < UInt64.bitWidth
  return depth
}

/// Merges two runs that lie one behind the other.
@inlinable @inline(__always)
func mergeInPlace<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ leftCount: Int, _ rightCount: Int, scratch: UnsafeMutablePointer<Element>,
  in order: Order
) {
  let right = base + leftCount
  if !order.isOrdered(right.pointee, before: (right - 1).pointee) { return }
  if leftCount <= rightCount {
    scratch.moveInitialize(from: base, count: leftCount)
    mergeRuns(scratch, leftCount, right, rightCount, to: base, in: order)
  } else {
    scratch.moveInitialize(from: right, count: rightCount)
    mergeRunsBackward(base, leftCount, scratch, rightCount, toEnd: right + rightCount, in: order)
  }
}
