extension IndexedParallelSequence {
  /// The elements in an array, in order.
  ///
  /// - Complexity: O(*n*), on all threads. Elements are written where they belong, and never copied.
  @inlinable @inline(__always)
  public func collect() -> [Element] {
    let count = positionCount
    return Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      if count > 0 { initialize(SharedMemory(buffer.baseAddress.unsafelyUnwrapped)) }
      initializedCount = count
    }
  }

  /// Writes the elements to uninitialized memory.
  @inlinable @inline(__always)
  func initialize(_ memory: SharedMemory<Element>) {
    let closures = closures
    forEachPiece(memory, minimumLength: splitLimits.minimum) { piece, data in
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

/// Memory that several threads write to, each in its own places.
@frozen @usableFromInline
struct SharedMemory<Element>: @unchecked Sendable {
  // Holds: who passes it gives each thread its own positions.
  @usableFromInline let base: UnsafeMutablePointer<Element>

  @inlinable @inline(__always)
  init(_ base: UnsafeMutablePointer<Element>) { self.base = base }
}
