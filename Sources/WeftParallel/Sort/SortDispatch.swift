/// Up to here numbers are sorted by comparing them: counting digits costs more than it gains.
@inlinable @inline(__always) var shortSortLimit: Int { 160 }

/// Whether `a` is less than `b`: by their bits if they are numbers, so that a NaN has its place too.
@inlinable @inline(__always)
func isOrdered<Key: Comparable>(_ a: Key, before b: Key) -> Bool {
  hasOrderedBits(Key.self) ? orderedBits(ofKey: a) < orderedBits(ofKey: b) : a < b
}

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
    sortElements(elements, isStable: isStable, isParallel: isParallel) { $0 < $1 }
  }
}

/// Sorts numbers for whose type `hasOrderedBits` is true.
@inlinable @inline(never)
func sortNumbers<Element: Sendable>(_ elements: UnsafeMutableBufferPointer<Element>, isParallel: Bool) {
  guard let base = elements.baseAddress else { return }
  // Holds: `RadixNumber` has the layout of its only member.
  let numbers = UnsafeMutableRawPointer(base).assumingMemoryBound(to: RadixNumber<Element>.self)
  if elements.count <= shortSortLimit {
    return quicksort(numbers, elements.count) { RadixNumber.isOrdered($0, before: $1) }
  }
  let scratch = UnsafeMutablePointer<RadixNumber<Element>>.allocate(capacity: elements.count)
  radixSort(numbers, scratch: scratch, elements.count, isParallel: isParallel)
  scratch.deallocate()
}

/// Sorts by a comparison.
@inlinable @inline(__always)
func sortElements<Element: Sendable>(
  _ elements: UnsafeMutableBufferPointer<Element>, isStable: Bool, isParallel: Bool,
  by areInIncreasingOrder: @Sendable (Element, Element) -> Bool
) {
  guard let base = elements.baseAddress else { return }
  let isParallel = isParallel && elements.count > sequentialSortLimit
  if !isStable && !isParallel { return quicksort(base, elements.count, by: areInIncreasingOrder) }
  let scratch = UnsafeMutablePointer<Element>.allocate(capacity: isParallel ? elements.count : elements.count / 2)
  if isParallel {
    parallelMergeSort(base, elements.count, scratch: scratch, isStable: isStable, by: areInIncreasingOrder)
  } else {
    mergeSort(base, elements.count, scratch: scratch, by: areInIncreasingOrder)
  }
  scratch.deallocate()
}

/// Sorts by a key of each element.
@inlinable @inline(__always)
func sortElements<Element: Sendable, Key: Comparable>(
  _ elements: UnsafeMutableBufferPointer<Element>, isStable: Bool, isParallel: Bool,
  byKey key: @Sendable (Element) -> Key
) {
  guard let base = elements.baseAddress else { return }
  if hasOrderedBits(Key.self) && elements.count > shortSortLimit {
    sortByNumber(base, elements.count, isParallel: isParallel && elements.count > radixBucketLimit, key)
  } else {
    sortElements(elements, isStable: isStable, isParallel: isParallel) { isOrdered(key($0), before: key($1)) }
  }
}
