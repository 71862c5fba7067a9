import Synchronization

extension IndexedParallelSequence {
  /// The results of combining each element with all that come before it.
  ///
  ///     [1, 2, 3].parallel.inclusiveScan(+)    // [1, 3, 6]
  ///
  /// Elements are combined within blocks first, whose lengths depend on the number of positions alone: floating-point results
  /// are the same on any number of threads.
  ///
  /// - Parameter combine: An associative operation.
  /// - Complexity: At most 2*n* calls of `combine`, on all threads.
  @inlinable @inline(__always)
  public func inclusiveScan(_ combine: @Sendable (Element, Element) -> Element) -> [Element] {
    let count = positionCount
    return [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      if let base = buffer.baseAddress, count > 0 { scan(into: base, initial: nil, combine) }
      initializedCount = count
    }
  }

  /// The results of combining all elements that come before each one.
  ///
  ///     [1, 2, 3].parallel.exclusiveScan(0, +)    // [0, 1, 3]
  ///
  /// Otherwise as ``inclusiveScan(_:)``.
  ///
  /// - Parameters:
  ///   - initial: Stands to the left of the first element.
  ///   - combine: An associative operation.
  @inlinable @inline(__always)
  public func exclusiveScan(_ initial: Element, _ combine: @Sendable (Element, Element) -> Element) -> [Element] {
    let count = positionCount
    return [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      if let base = buffer.baseAddress, count > 0 {
        base.initialize(to: initial)
        prefix(count &- 1).scan(into: base + 1, initial: initial, combine)
      }
      initializedCount = count
    }
  }

  /// Scans blocks by themselves, and then combines with each what the blocks to its left come to. Blocks that are done in
  /// order get both at once.
  @inlinable @inline(__always)
  func scan(
    into base: UnsafeMutablePointer<Element>, initial: Element?, _ combine: @Sendable (Element, Element) -> Element
  ) {
    let blocks = Blocks(positionCount: positionCount, limits: splitLimits)
    let closures = closures
    let context = Scan(results: BlockResults(prefix: initial, blocks: blocks), base: base)
    let scan = forEachPiece(context, minimumLength: blocks.length) { piece, data in
      let closures = closures()
      let storage = data.pointee.storage
      let scan: UnsafeMutablePointer<Scan<Element>> = data.context()
      let base = scan.pointee.base
      let results = scan.results()
      let isNext = results.isNext(piece)
      var isFirst = isNext
      // What stands to the left, where it is known.
      var left = isNext ? results.prefix().pointee : nil
      results.add(
        piece, isNext: isNext, continues: false,
        { block, _ in
          if !isFirst, isNext { left = (base + (block.lowerBound &- 1)).pointee }
          isFirst = false
          var own = Self.element(at: block.lowerBound, of: storage, closures)
          (base + block.lowerBound).initialize(to: left.map { combine($0, own) } ?? own)
          var position = block.lowerBound &+ 1
          while position < block.upperBound {
            own = combine(own, Self.element(at: position, of: storage, closures))
            (base + position).initialize(to: left.map { combine($0, own) } ?? own)
            position &+= 1
          }
          return own
        }, combine)
      return true
    }
    scan.finish(positionCount, combine)
  }
}

/// Results of a scan, and what the blocks come to.
@frozen @usableFromInline
struct Scan<Element: Sendable>: ~Copyable {
  // Comes first, so that a pointer to the whole is a pointer to it.
  @usableFromInline var results: BlockResults<Element>
  @usableFromInline let base: UnsafeMutablePointer<Element>

  @inlinable @inline(__always)
  init(results: consuming BlockResults<Element>, base: UnsafeMutablePointer<Element>) {
    self.results = results
    self.base = base
  }

  /// Combines what the blocks to the left come to with the results of those that were not done in order.
  @inlinable @inline(__always)
  consuming func finish(_ positionCount: Int, _ combine: @Sendable (Element, Element) -> Element) {
    // Relaxed: the loop has ended.
    guard let slots = results.slots.load(ordering: .relaxed) else { return }
    let length = results.blocks.length
    let count = results.blocks.count
    let first = results.prefixEnd.load(ordering: .relaxed).divided(by: length)
    var left = results.prefix
    for block in first..<count {
      let own = slots[block].unsafelyUnwrapped
      slots[block] = left
      left = left.map { combine($0, own) } ?? own
    }
    // Holds: each block is given to one thread.
    nonisolated(unsafe) let (lefts, base) = (slots, base)
    (first..<count).parallel.forEach { block in
      guard let left = lefts[block] else { return }
      var position = block &* length
      let end = position &+ Swift.min(length, positionCount &- position)
      while position < end {
        base[position] = combine(left, base[position])
        position &+= 1
      }
    }
  }
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  @inlinable @inline(__always)
  func results<Element>() -> UnsafeMutablePointer<BlockResults<Element>> where Pointee == Scan<Element> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: BlockResults<Element>.self)
  }
}
