import Synchronization

/// The elements of any sequence, which threads take in batches. Their order is not kept.
@frozen
public struct ParallelBridge<Base: Sequence>: ParallelSequence where Base.Element: Sendable {
  public typealias Element = Base.Element

  @usableFromInline let source: SharedIterator<Base.Iterator>

  @inlinable
  init(_ base: Base, batchLength: Int) { source = SharedIterator(base.makeIterator(), batchLength: batchLength) }

  /// As many as there may be threads: each position stands for all batches that the thread which has it can get.
  @inlinable @inline(__always)
  public var positionCount: Int { 256 }

  @inlinable @inline(__always)
  public var storage: SharedIterator<Base.Iterator> { source }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: SharedIterator<Base.Iterator>, _: Void,
    _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    while let batch = storage.next() {
      for element in batch {
        if try !body(element) { return false }
      }
    }
    return true
  }
}

/// An iterator that one thread at a time may use.
public final class SharedIterator<Iterator: IteratorProtocol>: @unchecked Sendable {
  // Holds: the iterator is only touched with the lock.
  @usableFromInline var iterator: Iterator
  @usableFromInline let batchLength: Int
  /// Acquired and released, so that who has it sees the iterator as the one before left it.
  @usableFromInline let lock = Atomic<Bool>(false)

  @inlinable
  init(_ iterator: Iterator, batchLength: Int) {
    self.iterator = iterator
    self.batchLength = batchLength
  }

  /// Returns the next elements, nil after the last one.
  @inlinable
  func next() -> [Iterator.Element]? {
    while lock.exchange(true, ordering: .acquiring) {
      while lock.load(ordering: .relaxed) {}
    }
    defer { lock.store(false, ordering: .releasing) }
    var batch = [Iterator.Element]()
    while batch.count < batchLength, let element = iterator.next() { batch.append(element) }
    return batch.isEmpty ? nil : batch
  }
}

extension Sequence where Element: Sendable {
  /// Returns the elements as a parallel sequence that can be consumed once.
  ///
  /// Threads take turns at making elements and work on them at the same time, so it pays where the work on an element takes
  /// much longer than making it. **The order is not kept**: for results in order make an array first, `Array(xs).parallel`.
  ///
  /// - Parameter batchLength: How many elements a thread takes at a time.
  @inlinable
  public func parallelBridge(batchLength: Int = 16) -> ParallelBridge<Self> {
    precondition(batchLength > 0, "a length is not positive")
    return ParallelBridge(self, batchLength: batchLength)
  }
}
