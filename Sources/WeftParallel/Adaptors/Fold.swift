/// What the elements of each block of a parallel sequence come to.
@frozen
public struct ParallelFoldSequence<Base: ParallelSequence, Element: Sendable>: ParallelAdaptor, IndexedParallelSequence {
  public let base: Base
  @usableFromInline let makeInitial: @Sendable () -> Element
  @usableFromInline let update: @Sendable (inout Element, Base.Element) -> Void

  @inlinable @inline(__always)
  init(_ base: Base, _ makeInitial: @escaping @Sendable () -> Element, _ update: @escaping @Sendable (inout Element, Base.Element) -> Void)
  {
    self.base = base
    self.makeInitial = makeInitial
    self.update = update
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let makeInitial: @Sendable () -> Element
    @usableFromInline let update: @Sendable (inout Element, Base.Element) -> Void

    @inlinable @inline(__always)
    init(
      base: Base.Closures, _ makeInitial: @escaping @Sendable () -> Element,
      _ update: @escaping @Sendable (inout Element, Base.Element) -> Void
    ) {
      self.base = base
      self.makeInitial = makeInitial
      self.update = update
    }
  }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> Closures {
    let base = base.closures
    let makeInitial = makeInitial
    let update = update
    return { Closures(base: base(), makeInitial, update) }
  }

  @inlinable @inline(__always)
  var blocks: Blocks { Blocks(positionCount: base.positionCount, limits: base.splitLimits) }

  @inlinable @inline(__always)
  public var storage: (Base.Storage, blockLength: Int, end: Int) { (base.storage, blocks.length, base.positionCount) }

  @inlinable @inline(__always)
  public var positionCount: Int { blocks.count }

  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { SplitLimits() }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (Base.Storage, blockLength: Int, end: Int), _ closures: Closures
  ) -> Element {
    var result = closures.makeInitial()
    let start = position &* storage.blockLength
    let end = start &+ Swift.min(storage.blockLength, storage.end &- start)
    _ = Base.visit(Range(uncheckedBounds: (start, end)), of: storage.0, closures.base) { element in
      closures.update(&result, element)
      return true
    }
    return result
  }
}

extension ParallelSequence {
  /// Folds the elements of blocks into one value each, and returns these, in order, when they are consumed.
  ///
  /// How long blocks are depends on the number of positions alone, not on the threads: up to 256 positions each is a block,
  /// and of more there are at most about 1024. ``minimumSplitLength(_:)`` before it makes them longer.
  ///
  /// - Parameters:
  ///   - makeInitial: Returns the value that a block begins with.
  ///   - update: Adds an element to the value.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func fold<Value: Sendable>(
    _ makeInitial: @escaping @autoclosure @Sendable () -> Value, _ update: @escaping @Sendable (inout Value, Element) -> Void
  ) -> ParallelFoldSequence<Self, Value> {
    ParallelFoldSequence(self, makeInitial, update)
  }
}
