import Synchronization

/// How positions are divided into blocks, each of which one thread works on in order.
///
/// The division depends on nothing but the count and the split limits, and so do results that are combined block by block:
/// neither on how many threads there are, nor on who is faster. Blocks are short where there are few positions, since those
/// may be expensive, and at least some hundred where there are many, so that many threads end together.
@frozen @usableFromInline
struct Blocks {
  @usableFromInline let positionCount: Int
  @usableFromInline let length: Int

  /// - Parameter isCheap: Whether no block so short that it takes less than some 100 ns is of any use.
  @inlinable @inline(__always)
  init(positionCount: Int, limits: SplitLimits, isCheap: Bool = false) {
    var length = 1
    if positionCount > 256 { length = positionCount <= 1024 ? 4 : ((positionCount >> 10) &+ 7) & ~7 }
    if isCheap { length = positionCount <= Blocks.cheapLength ? max(positionCount, 1) : max(length, 128) }
    length = max(min(length, limits.maximum), limits.minimum)
    self.positionCount = positionCount
    self.length = length
  }

  /// So many cheap positions are one block.
  @inlinable @inline(__always)
  static var cheapLength: Int { 512 }

  /// Whether cheap positions are one block. Takes less time to tell than to make the blocks.
  @inlinable @inline(__always)
  static func isOneCheapBlock(_ positionCount: Int, limits: SplitLimits) -> Bool {
    positionCount <= cheapLength && positionCount <= limits.maximum
  }

  /// Not stored: a division takes longer than a few elements.
  @inlinable @inline(__always)
  var count: Int { positionCount.divided(by: length) }

  /// Whether there is nothing to share.
  @inlinable @inline(__always)
  var areAtMostOne: Bool { positionCount <= length }
}

extension Int {
  /// The quotient, rounded up. Does not overflow near the largest integer.
  @inlinable @inline(__always)
  func divided(by length: Int) -> Int { self / length &+ (self % length == 0 ? 0 : 1) }
}

/// Results of blocks: of those from the first on together, as long as one thread after the other takes the next; the
/// others' each by itself. The calling thread begins at the first block, so without help from others there is but one result.
@frozen @usableFromInline
struct BlockResults<Partial>: ~Copyable {
  /// What comes before `prefixEnd`, combined. Comes first, so that a pointer to the whole is a pointer to it.
  @usableFromInline var prefix: Partial?
  @usableFromInline let blocks: Blocks
  /// The position up to which the blocks' results are in `prefix`; not kept up after the last piece.
  ///
  /// Stored with release, loaded with acquire: who finds its piece to be the next sees `prefix` as the thread before left it.
  @usableFromInline let prefixEnd = Atomic<Int>(0)
  /// One for each block, once a thread has needed them.
  ///
  /// Stored with release, loaded with acquire: who uses the slots sees them as their maker initialized them.
  @usableFromInline let slots = Atomic<UnsafeMutablePointer<Partial?>?>(nil)

  /// - Parameter prefix: What stands to the left of the first block, if anything.
  @inlinable @inline(__always)
  init(prefix: Partial?, blocks: Blocks) {
    self.prefix = prefix
    self.blocks = blocks
  }

  @inlinable @inline(__always)
  deinit {
    // Relaxed: the loop has ended.
    guard let slots = slots.load(ordering: .relaxed) else { return }
    slots.deinitialize(count: blocks.count)
    slots.deallocate()
  }

  /// Gives the prefix to the thread whose piece is the next.
  @inlinable @inline(__always)
  func extendPrefix(to position: Int) {
    // After the last piece there is none, and no slot is used then. On the web a store takes longer than a few elements.
    if position < blocks.positionCount { prefixEnd.store(position, ordering: .releasing) }
  }

  /// All results, combined from left to right.
  @inlinable @inline(__always)
  consuming func combined<Failure: Error>(
    _ combine: (Partial, Partial) throws(Failure) -> Partial
  ) throws(Failure) -> Partial? {
    var total = prefix.take()
    // Relaxed: the loop has ended.
    guard let slots = slots.load(ordering: .relaxed) else { return total }
    // Rounded up, since the last block may be shorter than the others.
    var block = prefixEnd.load(ordering: .relaxed).divided(by: blocks.length)
    while block < blocks.count {
      if let partial = slots[block] { total = if let left = total { try combine(left, partial) } else { partial } }
      block &+= 1
    }
    return total
  }
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  /// The prefix by itself: a change through the whole would be exclusive, while other threads read the rest.
  @inlinable @inline(__always)
  func prefix<Partial>() -> UnsafeMutablePointer<Partial?> where Pointee == BlockResults<Partial> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Partial?.self)
  }

  /// Computes the results of a piece's blocks.
  ///
  /// - Parameter fold: Returns the result of a block, if it has one.
  @inlinable @inline(__always)
  func add<Partial, Failure: Error>(
    _ piece: Range<Int>, _ fold: (Range<Int>) throws(Failure) -> Partial?,
    _ combine: (Partial, Partial) throws(Failure) -> Partial
  ) throws(Failure) where Pointee == BlockResults<Partial> {
    try add(piece, isNext: isNext(piece), continues: false, { (block, _) throws(Failure) in try fold(block) }, combine)
  }

  /// Whether the results of all that comes before the piece are in the prefix, which is the piece's then. Asked once: the answer
  /// changes when another thread ends.
  @inlinable @inline(__always)
  func isNext<Partial>(_ piece: Range<Int>) -> Bool where Pointee == BlockResults<Partial> {
    pointee.prefixEnd.load(ordering: .acquiring) == piece.lowerBound
  }

  /// Computes the results of a piece's blocks.
  ///
  /// - Parameters:
  ///   - isNext: What ``isNext(_:)`` has answered.
  ///   - continues: Whether `fold` goes on from what it is given as `combine` would with each position's result. Then many blocks
  ///     of one position need no more than one call. A constant.
  ///   - fold: Returns the result of a block, if it has one, or that of the block and of what is to the left of it.
  @inlinable @inline(__always)
  func add<Partial, Failure: Error>(
    _ piece: Range<Int>, isNext: Bool, continues: Bool, _ fold: (_ block: Range<Int>, _ left: Partial?) throws(Failure) -> Partial?,
    _ combine: (Partial, Partial) throws(Failure) -> Partial
  ) throws(Failure) where Pointee == BlockResults<Partial> {
    let length = pointee.blocks.length
    var start = piece.lowerBound
    var slot: UnsafeMutablePointer<Partial?>?
    var prefix: Partial?
    if isNext {
      prefix = self.prefix().pointee.take()
    } else {
      slot = slots() + start / length
    }
    let isOneFold = continues && length == 1 && slot == nil
    while start < piece.upperBound {
      let end = isOneFold ? piece.upperBound : min(start &+ length, piece.upperBound)
      let partial = try fold(Range(uncheckedBounds: (start, end)), isOneFold ? prefix.take() : nil)
      if let free = slot {
        free.pointee = partial
        slot = free + 1
      } else if isOneFold {
        prefix = partial
      } else if let partial {
        prefix = if let left = prefix { try combine(left, partial) } else { partial }
      }
      start = end
    }
    if slot == nil {
      self.prefix().pointee = prefix
      pointee.extendPrefix(to: start)
    }
  }

  @inlinable
  func slots<Partial>() -> UnsafeMutablePointer<Partial?> where Pointee == BlockResults<Partial> {
    if let slots = pointee.slots.load(ordering: .acquiring) { return slots }
    let made = UnsafeMutablePointer<Partial?>.allocate(capacity: pointee.blocks.count)
    made.initialize(repeating: nil, count: pointee.blocks.count)
    let (isFirst, slots) = pointee.slots.compareExchange(expected: nil, desired: made, ordering: .acquiringAndReleasing)
    if isFirst { return made }
    made.deinitialize(count: pointee.blocks.count)
    made.deallocate()
    return slots.unsafelyUnwrapped
  }
}

extension ParallelSequence {
  /// Folds the elements of each block, and combines the blocks' results from left to right.
  ///
  /// - Parameters:
  ///   - initial: What stands to the left of the first block, if anything.
  ///   - first: Returns the result of a block's first element.
  ///   - next: Adds one more element to a result.
  /// - Returns: Nil if there are no elements and no `initial`.
  @inlinable @inline(__always)
  func foldBlocks<Partial, Failure: Error>(
    initial: Partial? = nil, first: @Sendable (Element) throws(Failure) -> Partial,
    next: @Sendable (inout Partial, Element) throws(Failure) -> Void,
    combine: @Sendable (Partial, Partial) throws(Failure) -> Partial
  ) throws(Failure) -> Partial? {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits)
    let closures = closures
    return try forEachPiece(BlockResults(prefix: initial, blocks: blocks), minimumLength: blocks.length) {
      (piece, data) throws(Failure) in
      let closures = closures()
      let storage = data.pointee.storage
      try data.context().add(
        piece,
        { (block) throws(Failure) -> Partial? in
          var result: Partial?
          _ = try Self.visit(block, of: storage, closures) { element throws(Failure) in
            if var left = result.take() {
              try next(&left, element)
              result = left
            } else {
              result = try first(element)
            }
            return true
          }
          return result
        }, combine)
      return true
    }.combined(combine)
  }
}
