/// The length of the run at the start of a buffer of at least one element: in order, or strictly descending.
@inlinable @inline(__always)
func runLength<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) -> (length: Int, isDescending: Bool) {
  if count < 2 { return (count, false) }
  var length = 2
  if order.isOrdered(base[1], before: base[0]) {
    while length < count && order.isOrdered(base[length], before: base[length &- 1]) { length &+= 1 }
    return (length, true)
  }
  while length < count && !order.isOrdered(base[length], before: base[length &- 1]) { length &+= 1 }
  return (length, false)
}

/// Puts a buffer in order if it is one run. Returns whether it was. Stable, since a descending run has no equal elements.
@inlinable @inline(__always)
func sortIfOneRun<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) -> Bool {
  let (length, isDescending) = runLength(base, count, in: order)
  if length < count { return false }
  if isDescending { reverse(base, count) }
  return true
}

@inlinable
func reverse<Element>(_ base: UnsafeMutablePointer<Element>, _ count: Int) {
  var low = 0
  var high = count &- 1
  while low < high {
    exchange(base + low, base + high)
    low &+= 1
    high &-= 1
  }
}

/// Swaps two elements, which may be the same, without touching reference counts.
@inlinable @inline(__always)
func exchange<Element>(_ a: UnsafeMutablePointer<Element>, _ b: UnsafeMutablePointer<Element>) {
  let first = a.move()
  // Where both are the same, this moves the bits that were just taken onto themselves.
  a.initialize(to: b.move())
  b.initialize(to: first)
}
