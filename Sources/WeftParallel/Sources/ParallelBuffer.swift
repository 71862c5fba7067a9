/// The elements of memory that the caller keeps alive and unchanged.
///
/// Safe to share: the elements are `Sendable`, and only read.
@frozen
public struct ParallelBuffer<Element: Sendable>: IndexedParallelSequence, @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<Element>
  public let positionCount: Int

  @inlinable @inline(__always)
  init(_ buffer: UnsafeBufferPointer<Element>) {
    // No element is loaded through it if there is none.
    base = buffer.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    positionCount = buffer.count
  }

  @inlinable @inline(__always)
  public init(storage: Self, closures: Void) { self = storage }

  @inlinable @inline(__always)
  public var storage: Self { self }

  @inlinable @inline(__always)
  public subscript(position: Int) -> Element { base[position] }
}

extension UnsafeBufferPointer where Element: Sendable {
  /// The elements, for loops and reductions on all threads. The memory must stay alive and unchanged meanwhile.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelBuffer<Element> { ParallelBuffer(self) }
}

extension UnsafeMutableBufferPointer where Element: Sendable {
  /// The elements, for loops and reductions on all threads. The memory must stay alive and unchanged meanwhile.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelBuffer<Element> { ParallelBuffer(UnsafeBufferPointer(self)) }
}
