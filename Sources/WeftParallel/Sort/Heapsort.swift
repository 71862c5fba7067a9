/// Sorts in O(*n* log *n*) comparisons whatever the input: quicksort's way out when its pivots are bad. J. Williams, "Algorithm
/// 232: Heapsort", 1964.
@inlinable @inline(__always)
func heapsort<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) {
  // The first half of the steps builds the heap, the second takes its greatest element out, once for each element.
  var step = count / 2 &+ count
  while step > 0 {
    step &-= 1
    var hole = 0
    var end = count
    if step >= count {
      hole = step &- count
    } else {
      end = step
      exchange(base, base + end)
    }
    if hole >= end { continue }
    let element = (base + hole).move()
    while true {
      var child = hole &* 2 &+ 1
      if child >= end { break }
      if child &+ 1 < end && order.isOrdered(base[child], before: base[child &+ 1]) { child &+= 1 }
      if !order.isOrdered(element, before: base[child]) { break }
      (base + hole).initialize(to: (base + child).move())
      hole = child
    }
    (base + hole).initialize(to: element)
  }
}
