extension ParallelSequence where Element: AdditiveArithmetic {
  /// The sum of all elements, 0 if there are none.
  ///
  /// Floating-point elements are added in an order that depends on the number of positions alone, so the result is the same
  /// on any number of threads. An integer overflow is a trap.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func sum() -> Element {
    combineBlocks(
      initial: .zero,
      { sequence, block in
        var sum = Element.zero
        _ = sequence.visit(block) { element in
          sum += element
          return true
        }
        return sum
      }, { $0 + $1 }
    ).unsafelyUnwrapped
  }
}

extension IndexedParallelSequence where Element: FloatingPoint {
  /// The sum of all elements, 0 if there are none.
  ///
  /// Elements are added in an order that depends on the number of positions alone, so the result is the same on any number
  /// of threads. Long blocks are added in eight lanes, by the position in the block, so that one addition need not wait for
  /// the one before; this also loses fewer digits than adding from left to right.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func sum() -> Element {
    combineBlocks(initial: 0, { $0.sumInLanes($1) }, { $0 + $1 }).unsafelyUnwrapped
  }

  @inlinable @inline(__always)
  func sumInLanes(_ block: Range<Int>) -> Element {
    var position = block.lowerBound
    var total: Element = 0
    if block.upperBound &- position >= 16 {
      var (a, b, c, d) = (self[position], self[position &+ 1], self[position &+ 2], self[position &+ 3])
      var (e, f, g, h) = (self[position &+ 4], self[position &+ 5], self[position &+ 6], self[position &+ 7])
      position &+= 8
      while position <= block.upperBound &- 8 {
        a += self[position]
        b += self[position &+ 1]
        c += self[position &+ 2]
        d += self[position &+ 3]
        e += self[position &+ 4]
        f += self[position &+ 5]
        g += self[position &+ 6]
        h += self[position &+ 7]
        position &+= 8
      }
      total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
    while position < block.upperBound {
      total += self[position]
      position &+= 1
    }
    return total
  }
}

extension ParallelSequence where Element: Numeric {
  /// The product of all elements, 1 if there are none.
  ///
  /// Floating-point elements are multiplied in an order that depends on the number of positions alone, so the result is the
  /// same on any number of threads. An integer overflow is a trap.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func product() -> Element { reduce(1) { $0 * $1 } }
}
