extension IndexedParallelSequence {
  /// The first and the second elements of all pairs, in order.
  ///
  /// - Complexity: O(*n*), on all threads. Elements are written where they belong, and never copied.
  @inlinable @inline(__always)
  public func unzip<First: Sendable, Second: Sendable>() -> ([First], [Second]) where Element == (First, Second) {
    let count = positionCount
    var seconds = [Second]()
    let firsts = [First](unsafeUninitializedCapacity: count) { firsts, firstCount in
      seconds = [Second](unsafeUninitializedCapacity: count) { seconds, secondCount in
        if let first = firsts.baseAddress, let second = seconds.baseAddress {
          let closures = closures
          forEachPiece((SharedMemory(first), SharedMemory(second)), minimumLength: splitLimits.minimum) { piece, data in
            let closures = closures()
            let (firsts, seconds) = data.pointee.context
            let storage = data.pointee.storage
            var position = piece.lowerBound
            while position < piece.upperBound {
              let (first, second) = Self.element(at: position, of: storage, closures)
              (firsts.base + position).initialize(to: first)
              (seconds.base + position).initialize(to: second)
              position &+= 1
            }
            return true
          }
        }
        secondCount = count
      }
      firstCount = count
    }
    return (firsts, seconds)
  }
}

extension ParallelSequence {
  /// The first and the second elements of all pairs, in order.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func unzip<First: Sendable, Second: Sendable>() -> ([First], [Second]) where Element == (First, Second) {
    collect().parallel.unzip()
  }
}
