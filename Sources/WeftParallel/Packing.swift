import Synchronization
import WeftScheduler

/// Elements that several threads write one after the other to memory with room for one a position.
///
/// As long as pieces come in order, their elements follow those of the piece before; others begin at their own position. Those
/// that nobody has moved away when it is destroyed, because an error was thrown, are destroyed as well.
@frozen @usableFromInline
struct Packing<Element>: ~Copyable {
  // Comes first, so that a pointer to the whole is a pointer to it. The numbers of elements.
  @usableFromInline var counts: BlockResults<Int>
  @usableFromInline let base: UnsafeMutablePointer<Element>
  @usableFromInline var ownsElements = true

  @inlinable @inline(__always)
  init(base: UnsafeMutablePointer<Element>, blocks: Blocks) {
    self.base = base
    counts = BlockResults(prefix: 0, blocks: blocks)
  }

  @inlinable @inline(__always)
  deinit {
    if ownsElements { counts.destroy(in: base) }
  }

  /// How many elements follow each other from the beginning, and how many do not.
  @inlinable @inline(__always)
  var elementCounts: (inPlace: Int, elsewhere: Int) { counts.packedCounts() }

  /// Moves the elements together, and gives them up.
  @inlinable @inline(__always)
  mutating func closeGaps() {
    counts.closeGaps(in: base)
    ownsElements = false
  }

  /// Moves the elements, on all threads, to memory that has exactly room for them.
  @inlinable @inline(__always)
  mutating func move(to target: UnsafeMutablePointer<Element>) {
    counts.move(from: base, to: target)
    ownsElements = false
  }
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  /// Writes the elements of a piece.
  ///
  /// - Parameter write: Writes elements of some positions, and returns where they end. If it throws it leaves none behind.
  @inlinable @inline(__always)
  func pack<Element, Failure: Error>(
    _ piece: Range<Int>,
    _ write: (Range<Int>, UnsafeMutablePointer<Element>) throws(Failure) -> UnsafeMutablePointer<Element>
  ) throws(Failure) where Pointee == Packing<Element> {
    let counts = UnsafeMutableRawPointer(self).assumingMemoryBound(to: BlockResults<Int>.self)
    let base = pointee.base
    let isNext = counts.pointee.prefixEnd.load(ordering: .acquiring) == piece.lowerBound
    let start = base + (isNext ? counts.prefix().pointee.unsafelyUnwrapped : piece.lowerBound)
    let end = try write(piece, start)
    if isNext {
      counts.prefix().pointee = end - base
      counts.pointee.extendPrefix(to: piece.upperBound)
    } else {
      // The whole piece counts as its first block; the others' results stay nil.
      counts.slots()[piece.lowerBound / counts.pointee.blocks.length] = end - start
    }
  }
}

extension BlockResults where Partial == Int {
  /// How many elements follow each other from the beginning, and how many do not.
  @inlinable
  func packedCounts() -> (inPlace: Int, elsewhere: Int) {
    var elsewhere = 0
    // Relaxed: the loop has ended.
    if let slots = slots.load(ordering: .relaxed) {
      for block in 0..<blocks.count { elsewhere &+= slots[block] ?? 0 }
    }
    return (prefix ?? 0, elsewhere)
  }

  /// Moves the elements together.
  @inlinable
  func closeGaps<Element>(in base: UnsafeMutablePointer<Element>) {
    guard let slots = slots.load(ordering: .relaxed) else { return }
    var end = prefix ?? 0
    for block in 0..<blocks.count {
      guard let count = slots[block] else { continue }
      (base + end).moveInitialize(from: base + block &* blocks.length, count: count)
      end &+= count
    }
  }

  /// Moves the elements, on all threads, to memory that has exactly room for them.
  @inlinable
  func move<Element>(from base: UnsafeMutablePointer<Element>, to target: UnsafeMutablePointer<Element>) {
    target.moveInitialize(from: base, count: prefix ?? 0)
    guard let slots = slots.load(ordering: .relaxed) else { return }
    // The numbers of elements become where they end.
    var end = prefix ?? 0
    for block in 0..<blocks.count {
      end &+= slots[block] ?? 0
      slots[block] = end
    }
    // Holds: each block's elements are moved by one thread, from its own places to its own.
    nonisolated(unsafe) let (source, target, ends) = (base, target, slots)
    let (first, length) = (prefix ?? 0, blocks.length)
    parallelFor(0..<blocks.count) { block in
      let start = block == 0 ? first : ends[block &- 1].unsafelyUnwrapped
      (target + start).moveInitialize(from: source + block &* length, count: ends[block].unsafelyUnwrapped &- start)
    }
  }

  /// Destroys the elements.
  @inlinable
  func destroy<Element>(in base: UnsafeMutablePointer<Element>) {
    base.deinitialize(count: prefix ?? 0)
    guard let slots = slots.load(ordering: .relaxed) else { return }
    for block in 0..<blocks.count {
      if let count = slots[block] { (base + block &* blocks.length).deinitialize(count: count) }
    }
  }
}
