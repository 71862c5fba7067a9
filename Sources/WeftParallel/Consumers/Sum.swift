extension ParallelSequence where Element: AdditiveArithmetic {
  /// The sum of all elements, 0 if there are none.
  ///
  /// Floating-point elements are added in an order that depends on the number of positions alone, so the result is the same
  /// on any number of threads. An integer overflow is a trap.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func sum() -> Element {
    if !hasNoClosures { return sumOfBlocks() }
    if !Blocks.isOneCheapBlock(positionCount, limits: splitLimits) { return sumOutOfLine() }
    // Nothing to share; a loop around it would take longer than the additions.
    return withExtendedLifetime(self) { Self.sumFromLeft(0..<positionCount, of: storage, closures()) }
  }

  @inlinable @inline(__always)
  func sumOfBlocks() -> Element {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits, isCheap: hasNoClosures)
    let closures = closures
    return forEachPiece(BlockResults(prefix: Element.zero, blocks: blocks), minimumLength: blocks.length) { piece, data in
      let closures = closures()
      let storage = data.pointee.storage
      data.context().add(piece, { Self.sumFromLeft($0, of: storage, closures) }, { $0 + $1 })
      return true
    }.combined { $0 + $1 }.unsafelyUnwrapped
  }

  /// Where there are no closures nothing is lost by a call, and a short sum needs none of what it does.
  @inlinable @inline(never)
  func sumOutOfLine() -> Element { sumOfBlocks() }

  @inlinable @inline(__always)
  static func sumFromLeft(_ block: Range<Int>, of storage: Storage, _ closures: Closures) -> Element {
    var sum = Element.zero
    _ = visit(block, of: storage, closures) { element in
      sum += element
      return true
    }
    return sum
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
    if !hasNoClosures { return sumOfBlocks() }
    if !Blocks.isOneCheapBlock(positionCount, limits: splitLimits) { return sumOutOfLine() }
    // Nothing to share; a loop around it would take longer than the additions.
    return withExtendedLifetime(self) { Self.sumInLanes(0..<positionCount, of: storage, closures()) }
  }

  @inlinable @inline(__always)
  func sumOfBlocks() -> Element {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits, isCheap: hasNoClosures)
    let closures = closures
    return forEachPiece(BlockResults(prefix: Element.zero, blocks: blocks), minimumLength: blocks.length) { piece, data in
      let closures = closures()
      let storage = data.pointee.storage
      data.context().add(piece, { Self.sumInLanes($0, of: storage, closures) }, { $0 + $1 })
      return true
    }.combined { $0 + $1 }.unsafelyUnwrapped
  }

  /// Where there are no closures nothing is lost by a call, and a short sum needs none of what it does.
  @inlinable @inline(never)
  func sumOutOfLine() -> Element { sumOfBlocks() }

  @inlinable @inline(__always)
  static func sumInLanes(_ block: Range<Int>, of storage: Storage, _ closures: Closures) -> Element {
    var position = block.lowerBound
    var total: Element = 0
    if block.upperBound &- position >= 16 {
      var (a, b, c, d) = (
        element(at: position, of: storage, closures), element(at: position &+ 1, of: storage, closures),
        element(at: position &+ 2, of: storage, closures), element(at: position &+ 3, of: storage, closures)
      )
      var (e, f, g, h) = (
        element(at: position &+ 4, of: storage, closures), element(at: position &+ 5, of: storage, closures),
        element(at: position &+ 6, of: storage, closures), element(at: position &+ 7, of: storage, closures)
      )
      position &+= 8
      while position <= block.upperBound &- 8 {
        a += element(at: position, of: storage, closures)
        b += element(at: position &+ 1, of: storage, closures)
        c += element(at: position &+ 2, of: storage, closures)
        d += element(at: position &+ 3, of: storage, closures)
        e += element(at: position &+ 4, of: storage, closures)
        f += element(at: position &+ 5, of: storage, closures)
        g += element(at: position &+ 6, of: storage, closures)
        h += element(at: position &+ 7, of: storage, closures)
        position &+= 8
      }
      // Added to 0 as the others, so that negative zeros come to 0.
      total += ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
    while position < block.upperBound {
      total += element(at: position, of: storage, closures)
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
