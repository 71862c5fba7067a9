import Synchronization
import WeftScheduler

extension UnsafeMutablePointer where Pointee: ~Copyable {
  /// Appends the elements of a piece to the array of the pieces before, or if those are not done yet to one of its own.
  @inlinable @inline(__always)
  func append<Element, Failure: Error>(
    _ piece: Range<Int>, _ write: (Range<Int>, inout [Element]) throws(Failure) -> Void
  ) throws(Failure) where Pointee == BlockResults<[Element]> {
    let isNext = pointee.prefixEnd.load(ordering: .acquiring) == piece.lowerBound
    var array = (isNext ? prefix().pointee.take() : nil) ?? []
    try write(piece, &array)
    if isNext {
      prefix().pointee = array
      pointee.extendPrefix(to: piece.upperBound)
    } else {
      // The whole piece counts as its first block; the others' results stay nil.
      slots()[piece.lowerBound / pointee.blocks.length] = array
    }
  }
}

extension BlockResults {
  /// The elements of all arrays, in order. Copied on all threads if there are several.
  @inlinable
  consuming func concatenated<Element>() -> [Element] where Partial == [Element] {
    let first = prefix.take() ?? []
    // Relaxed: the loop has ended.
    guard let slots = slots.load(ordering: .relaxed) else { return first }
    let offsets = UnsafeMutablePointer<Int>.allocate(capacity: blocks.count)
    defer { offsets.deallocate() }
    var count = first.count
    for block in 0..<blocks.count {
      offsets[block] = count
      count += slots[block]?.count ?? 0
    }
    let blockCount = blocks.count
    return [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = count
      guard let base = buffer.baseAddress else { return }
      // Holds: each block's elements go to their own places.
      nonisolated(unsafe) let (base_, arrays, starts, prefix) = (base, slots, offsets, first)
      parallelFor(0..<blockCount + 1) { index in
        if index == 0 {
          prefix.withUnsafeBufferPointer { copy($0, to: base_) }
        } else if let array = arrays[index &- 1] {
          array.withUnsafeBufferPointer { copy($0, to: base_ + starts[index &- 1]) }
        }
      }
    }
  }
}

@inlinable
func copy<Element>(_ elements: UnsafeBufferPointer<Element>, to target: UnsafeMutablePointer<Element>) {
  if let base = elements.baseAddress { target.initialize(from: base, count: elements.count) }
}
