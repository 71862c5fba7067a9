import WeftScheduler

extension ParallelSequence {
  /// Calls `body` for disjoint pieces that together are all positions, on all threads that have nothing else to do.
  ///
  /// The primitive under all consumers. `body` is passed the sequence and `context` instead of capturing them: where no
  /// closure of the pipeline captures anything, `body` is then a constant too, and the compiler specialises what other threads
  /// run on all of them. The calling thread's share is inlined in any case.
  ///
  /// - Parameters:
  ///   - minimumLength: Pieces are multiples of it, but for the last one.
  ///   - body: Returns whether to go on: after a false no further piece is begun.
  /// - Throws: What `body` threw for the lowest of the pieces that threw. After an error no further piece is begun.
  @inlinable @inline(__always)
  func forEachPiece<Context, Failure: Error>(
    minimumLength: Int, context: Context, _ body: @Sendable (Self, Range<Int>, Context) throws(Failure) -> Bool
  ) throws(Failure) {
    let closures = self.closures
    try passPieces(minimumLength: minimumLength, data: PieceData(storage: storage, context: context)) {
      (piece: Range<Int>, data: UnsafePointer<PieceData<Storage, Context>>) throws(Failure) -> Bool in
      try body(Self(storage: data.pointee.storage, closures: closures()), piece, data.pointee.context)
    }
    // What the storage points to belongs to the sequence.
    withExtendedLifetime(self) {}
  }

  /// Apart from `forEachPiece`, because its closure must not capture what is not constant.
  @inlinable @inline(__always)
  func passPieces<Data, Failure: Error>(
    minimumLength: Int, data: Data, _ body: @Sendable (Range<Int>, UnsafePointer<Data>) throws(Failure) -> Bool
  ) throws(Failure) {
    try withUnsafePointer(to: data) { (pointer: UnsafePointer<Data>) throws(Failure) in
      // Holds: it is only read, and stays in this frame until all threads are done with the loop.
      nonisolated(unsafe) let data = pointer
      try parallelPieces(of: positionCount, minimumLength: minimumLength, maximumLength: splitLimits.maximum) {
        (piece: Range<Int>) throws(Failure) -> Bool in
        try body(piece, data)
      }
    }
  }
}

/// What all threads of a loop read.
@frozen @usableFromInline
struct PieceData<Storage, Context> {
  @usableFromInline let storage: Storage
  @usableFromInline let context: Context

  @inlinable @inline(__always)
  init(storage: Storage, context: Context) {
    self.storage = storage
    self.context = context
  }
}
