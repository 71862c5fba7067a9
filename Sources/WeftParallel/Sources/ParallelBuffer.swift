/// The elements of memory that the caller keeps alive and unchanged.
///
/// Safe to share: the elements are `Sendable`, and only read.
@frozen
public struct ParallelBuffer<Element: Sendable>: IndexedParallelSequence, @unchecked Sendable {
  @usableFromInline let buffer: UnsafeBufferPointer<Element>

  @inlinable @inline(__always)
  init(_ buffer: UnsafeBufferPointer<Element>) { self.buffer = buffer }

  @inlinable @inline(__always)
  public var storage: ParallelMemory<Element> {
    // Any address will do if there is no element.
    ParallelMemory(base: buffer.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped)
  }

  @inlinable @inline(__always)
  public var positionCount: Int { buffer.count }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: ParallelMemory<Element>, _: Void) -> Element { storage.base[position] }
}

/// Where elements begin that are only read.
@frozen
public struct ParallelMemory<Element: Sendable>: @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<Element>

  @inlinable @inline(__always)
  init(base: UnsafePointer<Element>) { self.base = base }
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
