import WeftPlatform

/// Consecutive elements of a parallel sequence: a random-access collection that makes them when they are asked for.
///
/// Of an array it is a view of the array's memory, which is valid only as long as the pipeline runs: do not keep it.
@frozen
public struct ParallelChunk<Base: IndexedParallelSequence>: RandomAccessCollection, Sendable {
  @usableFromInline let storage: Base.Storage
  @usableFromInline let closures: Base.Closures
  @usableFromInline let start: Int
  public let endIndex: Int

  @inlinable @inline(__always)
  init(_ positions: Range<Int>, of storage: Base.Storage, _ closures: Base.Closures) {
    self.storage = storage
    self.closures = closures
    start = positions.lowerBound
    endIndex = positions.upperBound &- positions.lowerBound
  }

  @inlinable @inline(__always)
  public var startIndex: Int { 0 }

  /// The element at an index of `0..<count`, which is checked in debug builds only.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Base.Element {
    assert(index >= 0 && index < endIndex, "index out of range")
    return Base.element(at: start &+ index, of: storage, closures)
  }
}

extension ParallelChunk where Base.Storage == ParallelMemory<Base.Element> {
  /// The memory of the elements, valid as long as the chunk.
  @inlinable @inline(__always)
  public var buffer: UnsafeBufferPointer<Base.Element> { UnsafeBufferPointer(start: storage.base + start, count: endIndex) }
}

/// Chunks of the same length of a parallel sequence.
@frozen
public struct ParallelChunksSequence<Base: IndexedParallelSequence>: ParallelAdaptor, IndexedParallelSequence {
  public typealias Element = ParallelChunk<Base>
  public typealias Closures = Base.Closures

  public let base: Base
  @usableFromInline let length: Int

  @inlinable @inline(__always)
  init(_ base: Base, length: Int) {
    self.base = base
    self.length = length
  }

  @inlinable @inline(__always)
  public var storage: (Base.Storage, length: Int, end: Int) { (base.storage, length, base.positionCount) }

  @inlinable @inline(__always)
  public var positionCount: Int { base.positionCount.divided(by: length) }

  @inlinable @inline(__always)
  public var splitLimits: SplitLimits { SplitLimits() }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (Base.Storage, length: Int, end: Int), _ closures: Base.Closures
  ) -> Element {
    let start = position &* storage.length
    let end = start &+ Swift.min(storage.length, storage.end &- start)
    return ParallelChunk(Range(uncheckedBounds: (start, end)), of: storage.0, closures)
  }
}

extension IndexedParallelSequence {
  /// Returns chunks of consecutive elements. The last one is shorter if the count is no multiple of the length.
  ///
  /// - Parameter count: The length of a chunk, at least 1.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func chunks(ofCount count: Int) -> ParallelChunksSequence<Self> {
    if count <= 0 { fail("chunks(ofCount:): the count must be at least 1") }
    return ParallelChunksSequence(self, length: count)
  }
}
