import Synchronization

extension ParallelSequence {
  /// Adds all elements to a value: a dictionary, a set, an image. Each thread may have its own, which are merged in the end.
  ///
  /// How elements are divided among the values depends on the threads, so for a reproducible result it must not matter whether
  /// an element is added, or merged with its neighbours. To combine floating-point numbers use ``reduce(_:_:)``.
  ///
  /// - Parameters:
  ///   - initial: What every thread begins with; it must be empty, in the sense that merging it changes nothing.
  ///   - update: Adds an element to a value. Called with elements in order.
  ///   - merge: Adds to a value the one of the elements that follow.
  /// - Throws: An error of `update`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*) calls of `update`, on all threads, and as many of `merge` as there are pieces that other threads took.
  @inlinable @inline(__always)
  public func accumulate<Value: Sendable, Failure: Error>(
    into initial: Value, _ update: @Sendable (inout Value, Element) throws(Failure) -> Void,
    _ merge: (inout Value, Value) -> Void
  ) throws(Failure) -> Value {
    try accumulate(into: initial, minimumLength: 1, update, merge)
  }

  /// - Parameter minimumLength: So few elements that making and merging a value for them would not pay.
  @inlinable @inline(__always)
  func accumulate<Value: Sendable, Failure: Error>(
    into initial: Value, minimumLength: Int, _ update: @Sendable (inout Value, Element) throws(Failure) -> Void,
    _ merge: (inout Value, Value) -> Void
  ) throws(Failure) -> Value {
    let limits = SplitLimits(minimum: Swift.max(minimumLength, splitLimits.minimum), maximum: splitLimits.maximum)
    let blocks = Blocks(positionCount: positionCount, limits: limits)
    let closures = closures
    let context = Accumulation(results: BlockResults(prefix: initial, blocks: blocks), initial: initial)
    let accumulation = try forEachPiece(context, minimumLength: blocks.length) { (piece, data) throws(Failure) in
      let closures = closures()
      let storage = data.pointee.storage
      try data.context().accumulate(piece) { (value: inout Value) throws(Failure) in
        _ = try Self.visit(piece, of: storage, closures) { element throws(Failure) in
          try update(&value, element)
          return true
        }
      }
      return true
    }
    return accumulation.merged(merge)
  }
}

/// Values of pieces.
@frozen @usableFromInline
struct Accumulation<Value>: ~Copyable {
  // Comes first, so that a pointer to the whole is a pointer to it.
  @usableFromInline var results: BlockResults<Value>
  @usableFromInline let initial: Value

  @inlinable @inline(__always)
  init(results: consuming BlockResults<Value>, initial: Value) {
    self.results = results
    self.initial = initial
  }

  @inlinable
  consuming func merged(_ merge: (inout Value, Value) -> Void) -> Value {
    var total = results.prefix.take().unsafelyUnwrapped
    // Relaxed: the loop has ended.
    guard let slots = results.slots.load(ordering: .relaxed) else { return total }
    for block in 0..<results.blocks.count {
      if let value = slots[block].take() { merge(&total, value) }
    }
    return total
  }
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  /// Adds the elements of a piece to the value of the pieces before, or if those are not done yet to one of its own.
  @inlinable @inline(__always)
  func accumulate<Value, Failure: Error>(
    _ piece: Range<Int>, _ update: (inout Value) throws(Failure) -> Void
  ) throws(Failure) where Pointee == Accumulation<Value> {
    let results = UnsafeMutableRawPointer(self).assumingMemoryBound(to: BlockResults<Value>.self)
    let isNext = results.pointee.prefixEnd.load(ordering: .acquiring) == piece.lowerBound
    var value = (isNext ? results.prefix().pointee.take() : nil) ?? pointee.initial
    try update(&value)
    if isNext {
      results.prefix().pointee = value
      results.pointee.extendPrefix(to: piece.upperBound)
    } else {
      // The whole piece counts as its first block; the others' results stay nil.
      results.slots()[piece.lowerBound / results.pointee.blocks.length] = value
    }
  }
}
