/// Moves two runs that are in order into one at `target`, where there is nothing yet. Of equal elements those of `a` come first.
@inlinable @inline(__always)
func mergeRuns<Element, Order: SortOrder<Element>>(
  _ a: UnsafeMutablePointer<Element>, _ aCount: Int, _ b: UnsafeMutablePointer<Element>, _ bCount: Int,
  to target: UnsafeMutablePointer<Element>, in order: Order
) {
  var target = target
  var (a, b) = (a, b)
  let (aEnd, bEnd) = (a + aCount, b + bCount)
  while a < aEnd && b < bEnd {
    let takesB = order.isOrdered(b.pointee, before: a.pointee)
    target.initialize(to: (takesB ? b : a).move())
    target += 1
    b += takesB ? 1 : 0
    a += takesB ? 0 : 1
  }
  target.moveInitialize(from: a, count: aEnd - a)
  target += aEnd - a
  // The rest of `b` may be in its place already.
  if target != b { target.moveInitialize(from: b, count: bEnd - b) }
}

/// Moves two runs into one from their ends: `target` is where the last element goes to, plus one.
@inlinable @inline(__always)
func mergeRunsBackward<Element, Order: SortOrder<Element>>(
  _ a: UnsafeMutablePointer<Element>, _ aCount: Int, _ b: UnsafeMutablePointer<Element>, _ bCount: Int,
  toEnd target: UnsafeMutablePointer<Element>, in order: Order
) {
  var target = target
  var (aEnd, bEnd) = (a + aCount, b + bCount)
  while a < aEnd && b < bEnd {
    let takesA = order.isOrdered((bEnd - 1).pointee, before: (aEnd - 1).pointee)
    target -= 1
    target.initialize(to: (takesA ? aEnd : bEnd).advanced(by: -1).move())
    aEnd -= takesA ? 1 : 0
    bEnd -= takesA ? 0 : 1
  }
  target -= bEnd - b
  target.moveInitialize(from: b, count: bEnd - b)
  // The rest of `a` may be in its place already.
  if target != aEnd { (target - (aEnd - a)).moveInitialize(from: a, count: aEnd - a) }
}
