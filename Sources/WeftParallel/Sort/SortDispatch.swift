/// Up to here numbers are sorted by comparing them: counting digits costs more than it gains.
@inlinable @inline(__always) var shortSortLimit: Int { 160 }

/// Sorts in the elements' own order.
@inlinable @inline(__always)
func sortElements<Element: Comparable & Sendable>(
  _ elements: UnsafeMutableBufferPointer<Element>, isStable: Bool, isParallel: Bool
) {
  if isStable && isFloatingPoint(Element.self) {
    // Two numbers are equal and not the same: 0 and -0, which must keep their order.
    sortElements(elements, isStable: true, isParallel: isParallel) { $0 }
  } else if hasOrderedBits(Element.self) {
    sortNumbers(elements, isParallel: isParallel)
  } else {
    sortElements(elements, isStable: isStable, isParallel: isParallel, in: NaturalOrder())
  }
}

/// Sorts numbers for whose type `hasOrderedBits` is true.
@inlinable @inline(never)
func sortNumbers<Element: Sendable>(_ elements: UnsafeMutableBufferPointer<Element>, isParallel: Bool) {
  guard let base = elements.baseAddress else { return }
  // Holds: `RadixNumber` has the layout of its only member.
  let numbers = UnsafeMutableRawPointer(base).assumingMemoryBound(to: RadixNumber<Element>.self)
  if elements.count <= shortSortLimit { return quicksort(numbers, elements.count, in: RadixOrder()) }
  // Below, a radix sort stays in a cache.
  if elements.count > radixBucketLimit && sortFewValues(numbers, elements.count, isParallel: isParallel) { return }
  let scratch = UnsafeMutablePointer<RadixNumber<Element>>.allocate(capacity: elements.count)
  radixSort(numbers, scratch: scratch, elements.count, isParallel: isParallel)
  scratch.deallocate()
}

/// Sorts by comparisons.
@inlinable @inline(__always)
func sortElements<Element: Sendable, Order: SortOrder<Element>>(
  _ elements: UnsafeMutableBufferPointer<Element>, isStable: Bool, isParallel: Bool, in order: Order
) {
  guard let base = elements.baseAddress else { return }
  let count = elements.count
  // Threads that call the comparison through a pointer gain little until there is much to do.
  let isParallel = isParallel && count > (Order.isInlinedElsewhere ? 1 << 13 : 1 << 16)
  if !isStable {
    if isParallel { parallelQuicksort(base, count, in: order) } else { quicksort(base, count, in: order) }
    return
  }
  let scratch = UnsafeMutablePointer<Element>.allocate(capacity: isParallel ? count : count / 2)
  if isParallel {
    parallelMergeSort(base, count, scratch: scratch, in: order)
  } else {
    mergeSort(base, count, scratch: scratch, in: order)
  }
  scratch.deallocate()
}

/// Sorts by a key of each element.
@inlinable @inline(__always)
func sortElements<Element: Sendable, Key: Comparable & Sendable>(
  _ elements: UnsafeMutableBufferPointer<Element>, isStable: Bool, isParallel: Bool,
  byKey key: @escaping @Sendable (Element) -> Key
) {
  guard let base = elements.baseAddress else { return }
  if hasOrderedBits(Key.self) && elements.count > shortSortLimit {
    sortByNumber(base, elements.count, isParallel: isParallel && elements.count > sequentialRadixLimit, key)
  } else {
    sortElements(elements, isStable: isStable, isParallel: isParallel, in: KeyOrder(key))
  }
}
