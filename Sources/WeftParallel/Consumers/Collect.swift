import WeftPlatform

extension IndexedParallelSequence {
  /// The elements in an array, in order.
  ///
  /// - Complexity: O(*n*), on all threads. Elements are written where they belong, and never copied.
  @inlinable @inline(__always)
  public func collect() -> [Element] {
    let count = positionCount
    return Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      if count > 0 { initialize(buffer.baseAddress.unsafelyUnwrapped) }
      initializedCount = count
    }
  }

  /// Writes the elements, in order, to memory that the caller owns.
  ///
  /// - Parameter buffer: As many initialized elements as the sequence has.
  /// - Precondition: The counts are the same.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func collect(into buffer: UnsafeMutableBufferPointer<Element>) {
    if buffer.count != positionCount { fail("collect(into:): the buffer must have as many places as the sequence has elements") }
    guard let base = buffer.baseAddress else { return }
    let closures = closures
    forEachPiece(SharedMemory(base), minimumLength: splitLimits.minimum) { piece, data in
      let closures = closures()
      let storage = data.pointee.storage
      let base = data.pointee.context.base
      var position = piece.lowerBound
      while position < piece.upperBound {
        base[position] = Self.element(at: position, of: storage, closures)
        position &+= 1
      }
      return true
    }
  }

  /// Writes the elements to uninitialized memory.
  @inlinable @inline(__always)
  func initialize(_ memory: UnsafeMutablePointer<Element>) {
    let closures = closures
    forEachPiece(SharedMemory(memory), minimumLength: splitLimits.minimum) { piece, data in
      let closures = closures()
      let storage = data.pointee.storage
      let base = data.pointee.context.base
      var position = piece.lowerBound
      while position < piece.upperBound {
        (base + position).initialize(to: Self.element(at: position, of: storage, closures))
        position &+= 1
      }
      return true
    }
  }
}

extension ParallelSequence {
  /// The elements in an array, in order.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func collect() -> [Element] { collect { $0 } }

  /// The results of calling `transform` with each element, in an array, in order.
  ///
  /// As `map(_:)` and `collect()`, but for functions that throw.
  ///
  /// - Throws: An error of `transform`: that of the lowest positions, if several calls that were under way threw. No further
  ///   piece of the elements is begun after an error, and what was made is destroyed.
  /// - Complexity: O(*n*) calls of `transform`, on all threads.
  @inlinable @inline(__always)
  public func collect<Transformed: Sendable, Failure: Error>(
    _ transform: @Sendable (Element) throws(Failure) -> Transformed
  ) throws(Failure) -> [Transformed] {
    // A constant; one of them is compiled.
    if Self.hasAtMostOneElementPerPosition {
      try collectPacked(transform)
    } else {
      try collectConcatenated(transform)
    }
  }

  /// For at most one element a position: writes to memory with room for all, and closes the gaps.
  @inlinable @inline(__always)
  func collectPacked<Transformed, Failure: Error>(
    _ transform: @Sendable (Element) throws(Failure) -> Transformed
  ) throws(Failure) -> [Transformed] {
    let capacity = positionCount
    if capacity == 0 { return [] }
    let blocks = Blocks(positionCount: capacity, limits: splitLimits)
    let closures = closures
    // One block has nothing to share; what follows would take longer than an element.
    if blocks.areAtMostOne {
      var array: [Transformed] = []
      try withExtendedLifetime(self) { () throws(Failure) in
        _ = try Self.visit(0..<capacity, of: storage, closures()) { element throws(Failure) in
          array.append(try transform(element))
          return true
        }
      }
      return array
    }
    // What `unsafeUninitializedCapacity` calls can only throw `any Error`, which Embedded Swift has not.
    var failure: Failure?
    var exact: [Transformed]?
    let roomy = [Transformed](unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
      let packing = Packing(base: buffer.baseAddress.unsafelyUnwrapped, blocks: blocks)
      do throws(Failure) {
        var packing = try forEachPiece(packing, minimumLength: blocks.length) { (piece, data) throws(Failure) in
          let closures = closures()
          let storage = data.pointee.storage
          try data.context().pack(piece) { (positions, start) throws(Failure) in
            var end = start
            do throws(Failure) {
              _ = try Self.visit(positions, of: storage, closures) { element throws(Failure) in
                end.initialize(to: try transform(element))
                end += 1
                return true
              }
            } catch {
              start.deinitialize(count: end - start)
              throw error
            }
            return end
          }
          return true
        }
        let (inPlace, elsewhere) = packing.elementCounts
        let count = inPlace + elsewhere
        if capacity <= 1024 || inPlace >= elsewhere && count >= capacity / 2 {
          packing.closeGaps()
          initializedCount = count
        } else {
          exact = [Transformed](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            if count > 0 { packing.move(to: buffer.baseAddress.unsafelyUnwrapped) }
            initializedCount = count
          }
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return exact ?? roomy
  }

  /// For any number of elements a position: arrays of pieces, concatenated.
  @inlinable @inline(__always)
  func collectConcatenated<Transformed, Failure: Error>(
    _ transform: @Sendable (Element) throws(Failure) -> Transformed
  ) throws(Failure) -> [Transformed] {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits)
    let closures = closures
    return try forEachPiece(BlockResults(prefix: [Transformed](), blocks: blocks), minimumLength: blocks.length) {
      (piece, data) throws(Failure) in
      let closures = closures()
      let storage = data.pointee.storage
      try data.context().append(piece) { (positions, array: inout [Transformed]) throws(Failure) in
        _ = try Self.visit(positions, of: storage, closures) { element throws(Failure) in
          array.append(try transform(element))
          return true
        }
      }
      return true
    }.concatenated()
  }
}
