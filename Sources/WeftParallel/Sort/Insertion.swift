/// Sorts a short buffer, stably. The first `sorted` elements are in order already.
@inlinable @inline(__always)
func insertionSort<Element>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, sorted: Int = 1, by areInIncreasingOrder: (Element, Element) -> Bool
) {
  var next = sorted
  while next < count {
    if areInIncreasingOrder(base[next], base[next &- 1]) {
      let element = (base + next).move()
      var hole = next
      repeat {
        (base + hole).initialize(to: (base + (hole &- 1)).move())
        hole &-= 1
      } while hole > 0 && areInIncreasingOrder(element, base[hole &- 1])
      (base + hole).initialize(to: element)
    }
    next &+= 1
  }
}
