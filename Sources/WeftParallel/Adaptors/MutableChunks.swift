import WeftPlatform

/// Consecutive elements that can be changed where they are. Valid only as long as the pipeline runs: do not keep it.
@frozen
public struct MutableChunk<Element>: RandomAccessCollection, MutableCollection, @unchecked Sendable {
  /// The memory that the elements lie in.
  // Holds: one thread at a time is given a chunk, and chunks do not overlap.
  public let buffer: UnsafeMutableBufferPointer<Element>

  @inlinable @inline(__always)
  init(_ buffer: UnsafeMutableBufferPointer<Element>) { self.buffer = buffer }

  @inlinable @inline(__always)
  public var startIndex: Int { 0 }

  @inlinable @inline(__always)
  public var endIndex: Int { buffer.count }

  /// The element at an index of `0..<count`, which is checked in debug builds only.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Element {
    get { buffer[index] }
    nonmutating set { buffer[index] = newValue }
  }
}

/// Chunks of the same length of elements that can be changed in place.
@frozen
public struct ParallelMutableChunksSequence<Value: Sendable>: IndexedParallelSequence {
  public typealias Element = MutableChunk<Value>

  @usableFromInline let base: ParallelMutableBuffer<Value>
  @usableFromInline let length: Int
  /// How many elements belong to chunks.
  @usableFromInline let end: Int

  @inlinable @inline(__always)
  init(_ base: ParallelMutableBuffer<Value>, length: Int, end: Int) {
    self.base = base
    self.length = length
    self.end = end
  }

  @inlinable @inline(__always)
  public var storage: (MutableElement<Value>, length: Int, end: Int) { (base.storage, length, end) }

  @inlinable @inline(__always)
  public var positionCount: Int { end.divided(by: length) }

  @inlinable @inline(__always)
  public static func element(
    at position: Int, of storage: (MutableElement<Value>, length: Int, end: Int), _: Void
  ) -> MutableChunk<Value> {
    let start = position &* storage.length
    let count = Swift.min(storage.length, storage.end &- start)
    return MutableChunk(UnsafeMutableBufferPointer(start: storage.0.pointer + start, count: count))
  }
}

extension ParallelMutableBuffer {
  /// Returns chunks of consecutive elements. The last one is shorter if the count is no multiple of the length.
  ///
  /// - Parameter count: The length of a chunk, at least 1.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func chunks(ofCount count: Int) -> ParallelMutableChunksSequence<Value> {
    if count <= 0 { fail("chunks(ofCount:): the count must be at least 1") }
    return ParallelMutableChunksSequence(self, length: count, end: buffer.count)
  }

  /// Returns chunks of exactly this many consecutive elements, and the elements that are left over.
  ///
  /// - Parameter count: The length of a chunk, at least 1.
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func exactChunks(ofCount count: Int) -> (chunks: ParallelMutableChunksSequence<Value>, remainder: MutableChunk<Value>) {
    if count <= 0 { fail("chunks(ofCount:): the count must be at least 1") }
    let end = buffer.count / count &* count
    let rest = UnsafeMutableBufferPointer(rebasing: buffer[end...])
    return (ParallelMutableChunksSequence(self, length: count, end: end), MutableChunk(rest))
  }
}

extension Array where Element: Sendable {
  /// Calls `body` with chunks of consecutive elements, to be changed in place, in no particular order, on all threads.
  ///
  /// - Parameters:
  ///   - count: The length of a chunk, at least 1. The last one may be shorter.
  ///   - body: Is passed the chunk's offset in the array, and the chunk.
  /// - Throws: An error of `body`, as ``ParallelSequence/forEach(_:)`` does. Elements may then have been changed or not.
  @inlinable @inline(__always)
  public mutating func parallelForEachChunk<Failure: Error>(
    ofCount count: Int, _ body: @Sendable (Int, MutableChunk<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    try withUnsafeMutableBufferPointer { (buffer) throws(Failure) in
      try buffer.parallelMutable.chunks(ofCount: count).enumerated().forEach {
        (chunk: (offset: Int, element: MutableChunk<Element>)) throws(Failure) in
        try body(chunk.offset &* count, chunk.element)
      }
    }
  }
}
