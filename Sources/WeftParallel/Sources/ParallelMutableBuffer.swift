/// The elements of memory, each to be changed in place by one thread.
@frozen
public struct ParallelMutableBuffer<Value: Sendable>: IndexedParallelSequence, @unchecked Sendable {
  public typealias Element = MutableElement<Value>

  // Holds: the maker has exclusive access to the memory, and each position is given to one thread.
  @usableFromInline let buffer: UnsafeMutableBufferPointer<Value>

  @inlinable @inline(__always)
  init(_ buffer: UnsafeMutableBufferPointer<Value>) { self.buffer = buffer }

  @inlinable @inline(__always)
  public var storage: MutableElement<Value> {
    // Any address will do if there is no element.
    MutableElement(
      buffer.baseAddress ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Value>.alignment).unsafelyUnwrapped)
  }

  @inlinable @inline(__always)
  public var positionCount: Int { buffer.count }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: MutableElement<Value>, _: Void) -> MutableElement<Value> {
    MutableElement(storage.pointer + position)
  }
}

/// An element that can be changed where it is. Valid only as long as the pipeline runs: do not keep it.
@frozen
public struct MutableElement<Value>: @unchecked Sendable {
  // Holds: one thread at a time is given an element.
  @usableFromInline let pointer: UnsafeMutablePointer<Value>

  @inlinable @inline(__always)
  init(_ pointer: UnsafeMutablePointer<Value>) { self.pointer = pointer }

  /// The element itself.
  @inlinable @inline(__always)
  public var value: Value {
    unsafeAddress { UnsafePointer(pointer) }
    nonmutating unsafeMutableAddress { pointer }
  }
}

extension UnsafeMutableBufferPointer where Element: Sendable {
  /// The elements, each to be changed in place by one thread. Nobody else may use the memory meanwhile.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public var parallelMutable: ParallelMutableBuffer<Element> { ParallelMutableBuffer(self) }
}

extension Array where Element: Sendable {
  /// Calls `body` with the elements as a parallel sequence in which each can be changed in place.
  ///
  ///     pixels.withParallelMutableElements { elements in
  ///       elements.enumerated().forEach { $0.element.value = shade($0.offset) }
  ///     }
  ///
  /// - Throws: What `body` throws.
  @inlinable @inline(__always)
  public mutating func withParallelMutableElements<Result, Failure: Error>(
    _ body: (ParallelMutableBuffer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeMutableBufferPointer { (buffer) throws(Failure) in try body(buffer.parallelMutable) }
  }

  /// Calls `body` with each element, to be changed in place, in no particular order, on all threads.
  ///
  /// - Throws: An error of `body`, as ``ParallelSequence/forEach(_:)`` does. Elements may then have been changed or not.
  /// - Complexity: O(*n*) calls of `body`.
  @inlinable @inline(__always)
  public mutating func parallelForEach<Failure: Error>(
    _ body: @Sendable (inout Element) throws(Failure) -> Void
  ) throws(Failure) {
    try withUnsafeMutableBufferPointer { (buffer) throws(Failure) in
      try buffer.parallelMutable.forEach { element throws(Failure) in try body(&element.value) }
    }
  }
}
