/// The elements of an array, at several threads' disposal.
@frozen
public struct ParallelArray<Element: Sendable>: IndexedParallelSequence {
  /// Keeps the elements alive; nil in the other threads' copies.
  @usableFromInline let owner: ArraySlice<Element>?
  @usableFromInline let elements: ParallelBuffer<Element>

  @inlinable @inline(__always)
  init(_ slice: ArraySlice<Element>) {
    owner = slice
    // Holds: an array's storage is contiguous, and stays where it is and as it is while somebody refers to it.
    elements = ParallelBuffer(slice.withUnsafeBufferPointer { $0 })
  }

  @inlinable @inline(__always)
  public init(storage: ParallelBuffer<Element>, closures: Void) {
    owner = nil
    elements = storage
  }

  @inlinable @inline(__always)
  public var storage: ParallelBuffer<Element> { elements }

  @inlinable @inline(__always)
  public var positionCount: Int { elements.positionCount }

  @inlinable @inline(__always)
  public subscript(position: Int) -> Element { elements[position] }
}

extension Array where Element: Sendable {
  /// The elements, for loops and reductions on all threads.
  ///
  /// Nothing is copied. Changing the array while the result is in use leaves the result as it was.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelArray<Element> { ParallelArray(ContiguousArray(self)[...]) }
}

extension ContiguousArray where Element: Sendable {
  /// The elements, for loops and reductions on all threads.
  ///
  /// Nothing is copied. Changing the array while the result is in use leaves the result as it was.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelArray<Element> { ParallelArray(self[...]) }
}

extension ArraySlice where Element: Sendable {
  /// The elements, for loops and reductions on all threads. Positions begin at 0, not at `startIndex`.
  ///
  /// Nothing is copied. Changing the slice while the result is in use leaves the result as it was.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallel: ParallelArray<Element> { ParallelArray(self) }
}
