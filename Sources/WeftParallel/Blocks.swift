import Synchronization

/// How positions are divided into blocks, each of which one thread works on in order.
///
/// The division depends on nothing but the count and the split limits, and so do results that are combined block by block:
/// neither on how many threads there are, nor on who is faster. Blocks are short where there are few positions, since those
/// may be expensive, and at least some hundred where there are many, so that many threads end together.
@frozen @usableFromInline
struct Blocks {
  @usableFromInline let length: Int
  @usableFromInline let count: Int

  @inlinable @inline(__always)
  init(positionCount: Int, limits: SplitLimits) {
    var length = 1
    if positionCount > 256 { length = positionCount <= 1024 ? 4 : ((positionCount >> 10) &+ 7) & ~7 }
    length = max(min(length, limits.maximum), limits.minimum)
    self.length = length
    // No overflow, also where the count is near the largest integer.
    count = positionCount / length &+ (positionCount % length == 0 ? 0 : 1)
  }
}

/// Results of blocks: of those from the first on together, as long as one thread after the other takes the next; the
/// others' each by itself. The calling thread begins at the first block, so without help from others there is but one result.
@frozen @usableFromInline
struct BlockResults<Partial>: ~Copyable {
  /// The position up to which the blocks' results are in `prefix`.
  ///
  /// Stored with release, loaded with acquire: who finds its piece to be the next sees `prefix` as the thread before left it.
  @usableFromInline let prefixEnd = Atomic<Int>(0)
  @usableFromInline var prefix: Partial?
  /// One for each block. Initialized to nil, but for trivial types, where nothing that was not stored is read.
  @usableFromInline let slots: UnsafeMutablePointer<Partial?>
  @usableFromInline let blocks: Blocks

  @inlinable @inline(__always)
  init(prefix: Partial?, slots: UnsafeMutablePointer<Partial?>, blocks: Blocks) {
    self.prefix = prefix
    self.slots = slots
    self.blocks = blocks
    if !_isPOD(Partial.self) { slots.initialize(repeating: nil, count: blocks.count) }
  }

  @inlinable @inline(__always)
  deinit {
    if !_isPOD(Partial.self) { slots.deinitialize(count: blocks.count) }
  }
}

/// The results of blocks, as all threads share them.
@frozen @usableFromInline
struct SharedBlockResults<Partial>: @unchecked Sendable {
  // Holds: each slot is touched by the thread that has its block, and the prefix by the one that has the next piece.
  @usableFromInline let pointer: UnsafeMutablePointer<BlockResults<Partial>>

  @inlinable @inline(__always)
  init(_ pointer: UnsafeMutablePointer<BlockResults<Partial>>) { self.pointer = pointer }
}

extension ParallelSequence {
  /// Computes a result for each block, and combines them from left to right.
  ///
  /// - Parameters:
  ///   - initial: What stands to the left of the first block, if anything.
  ///   - fold: Returns the result of a block, if it has one.
  /// - Returns: Nil if no block has a result and there is no `initial`.
  @inlinable @inline(__always)
  func combineBlocks<Partial, Failure: Error>(
    initial: Partial? = nil,
    _ fold: @Sendable (Self, Range<Int>) throws(Failure) -> Partial?,
    _ combine: @Sendable (Partial, Partial) throws(Failure) -> Partial
  ) throws(Failure) -> Partial? {
    try withBlockResults(initial: initial) { (shared: SharedBlockResults<Partial>) throws(Failure) in
      try forEachPiece(minimumLength: shared.pointer.pointee.blocks.length, context: shared) {
        (sequence: Self, piece: Range<Int>, shared: SharedBlockResults<Partial>) throws(Failure) -> Bool in
        let results = shared.pointer
        let length = results.pointee.blocks.length
        var start = piece.lowerBound
        let isNext = results.pointee.prefixEnd.load(ordering: .acquiring) == start
        var prefix = isNext ? results.pointee.prefix.take() : nil
        while start < piece.upperBound {
          let end = min(start &+ length, piece.upperBound)
          let partial = try fold(sequence, Range(uncheckedBounds: (start, end)))
          if !isNext {
            results.pointee.slots[start / length] = partial
          } else if let partial {
            prefix = if let left = prefix { try combine(left, partial) } else { partial }
          }
          start = end
        }
        if isNext {
          results.pointee.prefix = prefix
          results.pointee.prefixEnd.store(start, ordering: .releasing)
        }
        return true
      }
      let results = shared.pointer
      var total = results.pointee.prefix.take()
      let blocks = results.pointee.blocks
      var block = min(results.pointee.prefixEnd.load(ordering: .relaxed) / blocks.length, blocks.count)
      // The last block of all may be shorter than the others.
      if results.pointee.prefixEnd.load(ordering: .relaxed) == positionCount { block = blocks.count }
      while block < blocks.count {
        if let partial = results.pointee.slots[block] {
          total = if let left = total { try combine(left, partial) } else { partial }
        }
        block &+= 1
      }
      return total
    }
  }

  @inlinable @inline(__always)
  func withBlockResults<Partial, Result, Failure: Error>(
    initial: Partial?, _ body: (SharedBlockResults<Partial>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits)
    return try withUnsafeTemporaryAllocation(of: Partial?.self, capacity: blocks.count) {
      (slots: UnsafeMutableBufferPointer<Partial?>) throws(Failure) -> Result in
      var results = BlockResults(prefix: initial, slots: slots.baseAddress.unsafelyUnwrapped, blocks: blocks)
      return try withUnsafeMutablePointer(to: &results) {
        (pointer: UnsafeMutablePointer<BlockResults<Partial>>) throws(Failure) -> Result in
        try body(SharedBlockResults(pointer))
      }
    }
  }
}
