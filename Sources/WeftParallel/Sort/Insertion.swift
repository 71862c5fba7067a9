/// Sorts a short buffer, stably. The first `sorted` elements are in order already.
@inlinable @inline(__always)
func insertionSort<Element, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, sorted: Int = 1, in order: Order
) {
  var next = sorted
  while next < count {
    if order.isOrdered(base[next], before: base[next &- 1]) {
      let element = (base + next).move()
      var hole = next
      repeat {
        (base + hole).initialize(to: (base + (hole &- 1)).move())
        hole &-= 1
      } while hole > 0 && order.isOrdered(element, before: base[hole &- 1])
      (base + hole).initialize(to: element)
    }
    next &+= 1
  }
}
