import WeftScheduler

extension ParallelSequence {
  /// Calls `body` for disjoint pieces that together are all positions, or some, on all threads that have nothing else to do.
  ///
  /// The primitive under all consumers. The calling thread's share is inlined. Others call `body` through a pointer, and the
  /// compiler specialises that on the closures which `body` captures only where *all* that it captures is constant. Therefore
  /// `body` captures nothing but functions - what the user passed to the consumer, and `closures` - and finds everything else
  /// in `data`.
  ///
  /// - Parameters:
  ///   - context: What the consumer needs besides, shared by all threads.
  ///   - minimumLength: Pieces are multiples of it, but for the last one.
  ///   - body: Returns whether to go on: after a false no further piece is begun.
  /// - Returns: The context, as the threads left it.
  /// - Throws: What `body` threw for the lowest of the pieces that threw. After an error no further piece is begun.
  @inlinable @inline(__always)
  @discardableResult
  func forEachPiece<Context: ~Copyable, Failure: Error>(
    _ context: consuming Context, of positions: Range<Int>? = nil, minimumLength: Int,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<PieceData<Storage, Context>>) throws(Failure) -> Bool
  ) throws(Failure) -> Context {
    var data = PieceData(storage: storage, context: context)
    try withUnsafeMutablePointer(to: &data) {
      (pointer: UnsafeMutablePointer<PieceData<Storage, Context>>) throws(Failure) in
      // Holds: it stays in this frame until all threads are done; the storage is only read; the context is made for sharing.
      nonisolated(unsafe) let data = pointer
      // Short enough for a thread with nothing to do to get something soon, long enough to cost nothing.
      let maximumLength = Swift.min(splitLimits.maximum, 4096)
      let start = positions?.lowerBound ?? 0
      let count = (positions?.upperBound ?? positionCount) &- start
      try parallelPieces(of: count, minimumLength: minimumLength, maximumLength: Swift.max(minimumLength, maximumLength)) {
        (piece: Range<Int>) throws(Failure) -> Bool in
        try body(Range(uncheckedBounds: (start &+ piece.lowerBound, start &+ piece.upperBound)), data)
      }
    }
    // What the storage points to belongs to the sequence.
    withExtendedLifetime(self) {}
    return data.takeContext()
  }
}

/// What all threads of a loop share.
@frozen @usableFromInline
struct PieceData<Storage, Context: ~Copyable>: ~Copyable {
  // Comes first, so that a pointer to the whole is a pointer to it.
  @usableFromInline var context: Context
  @usableFromInline let storage: Storage

  @inlinable @inline(__always)
  init(storage: Storage, context: consuming Context) {
    self.storage = storage
    self.context = context
  }

  @inlinable @inline(__always)
  consuming func takeContext() -> Context { context }
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  /// The context itself, which several threads use at the same time: an access through the whole would be exclusive.
  @inlinable @inline(__always)
  func context<Storage, Context: ~Copyable>() -> UnsafeMutablePointer<Context> where Pointee == PieceData<Storage, Context> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Context.self)
  }
}

/// Memory that several threads write to, each in its own places.
@frozen @usableFromInline
struct SharedMemory<Element>: @unchecked Sendable {
  // Holds: who passes it gives each thread its own positions.
  @usableFromInline let base: UnsafeMutablePointer<Element>

  @inlinable @inline(__always)
  init(_ base: UnsafeMutablePointer<Element>) { self.base = base }
}
