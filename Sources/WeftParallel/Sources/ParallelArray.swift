/// The elements of an array, at several threads' disposal.
@frozen
public struct ParallelArray<Element: Sendable>: IndexedParallelSequence {
  // Nothing else is stored: the compiler takes a pipeline apart only as long as it has few fields.
  @usableFromInline let array: ContiguousArray<Element>

  @inlinable @inline(__always)
  init(_ array: ContiguousArray<Element>) { self.array = array }

  /// Holds: an array's elements are contiguous, and stay where they are and as they are while somebody refers to the array.
  @inlinable @inline(__always)
  public var storage: ParallelMemory<Element> { array.withUnsafeBufferPointer { ParallelBuffer($0).storage } }

  @inlinable @inline(__always)
  public var positionCount: Int { array.count }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: ParallelMemory<Element>, _: Void) -> Element {
    ParallelBuffer<Element>.element(at: position, of: storage, ())
  }
}

/// The elements of a slice of an array, at several threads' disposal.
@frozen
public struct ParallelSlice<Element: Sendable>: IndexedParallelSequence {
  @usableFromInline let slice: ArraySlice<Element>

  @inlinable @inline(__always)
  init(_ slice: ArraySlice<Element>) { self.slice = slice }

  /// Holds: a slice's elements are contiguous, and stay where they are and as they are while somebody refers to the slice.
  @inlinable @inline(__always)
  public var storage: ParallelMemory<Element> { slice.withUnsafeBufferPointer { ParallelBuffer($0).storage } }

  @inlinable @inline(__always)
  public var positionCount: Int { slice.count }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: ParallelMemory<Element>, _: Void) -> Element {
    ParallelBuffer<Element>.element(at: position, of: storage, ())
  }
}

extension Array where Element: Sendable {
  /// The elements, for loops and reductions on all threads.
  ///
  /// Nothing is copied. Changing the array while the result is in use leaves the result as it was.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelArray<Element> { ParallelArray(ContiguousArray(self)) }
}

extension ContiguousArray where Element: Sendable {
  /// The elements, for loops and reductions on all threads.
  ///
  /// Nothing is copied. Changing the array while the result is in use leaves the result as it was.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelArray<Element> { ParallelArray(self) }
}

extension ArraySlice where Element: Sendable {
  /// The elements, for loops and reductions on all threads. Positions begin at 0, not at `startIndex`.
  ///
  /// Nothing is copied. Changing the slice while the result is in use leaves the result as it was.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelSlice<Element> { ParallelSlice(self) }
}
