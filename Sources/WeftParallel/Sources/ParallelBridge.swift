import WeftPlatform
import WeftThreads

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
        var isWanted = false
        // Whoever has no use for the next element has found what all look for, or has failed: the others need no more either, and the
        // sequence may have no end.
        defer { if !isWanted { storage.end() } }
        isWanted = try body(element)
        if !isWanted { return false }
      }
    }
    return true
  }
}

/// An iterator that one thread at a time may use.
public final class SharedIterator<Iterator: IteratorProtocol>: @unchecked Sendable {
  // Holds: what varies is only touched with the lock. To make an element may take long, or wait for another thread.
  @usableFromInline var iterator: Iterator
  @usableFromInline var isOver = false
  @usableFromInline let batchLength: Int
  @usableFromInline let lock = RawMutex()

  @inlinable
  init(_ iterator: Iterator, batchLength: Int) {
    self.iterator = iterator
    self.batchLength = batchLength
  }

  /// Returns the next elements, nil after the last one.
  @inlinable
  func next() -> [Iterator.Element]? {
    lock.lock()
    defer { lock.unlock() }
    var batch = [Iterator.Element]()
    while !isOver && batch.count < batchLength {
      if let element = iterator.next() { batch.append(element) } else { isOver = true }
    }
    return batch.isEmpty ? nil : batch
  }

  /// Nobody gets any more elements.
  @inlinable
  func end() {
    lock.lock()
    defer { lock.unlock() }
    isOver = true
  }
}

extension Sequence where Element: Sendable {
  /// Returns the elements as a parallel sequence that can be consumed once.
  ///
  /// Threads take turns at making elements and work on them at the same time, so it pays where the work on an element takes
  /// much longer than making it. **The order is not kept**: for results in order use ``parallelBridgeInOrder()``. What looks for the
  /// first element that is so finds any; what takes elements in order and piece by piece gets all of them in one piece.
  ///
  /// The sequence may have no end, if the consumer stops: once an element was found, or a closure has thrown, no more are made than
  /// threads have taken already. An iterator that waits, as a channel's does, keeps the other threads asleep.
  ///
  /// - Complexity: O(1). The consumers are O(*n*), with one lock for each batch.
  /// - Parameter batchLength: How many elements a thread takes at a time.
  @inlinable
  public func parallelBridge(batchLength: Int = 16) -> ParallelBridge<Self> {
    if batchLength <= 0 { fail("parallelBridge(batchLength:): the length must be at least 1") }
    return ParallelBridge(self, batchLength: batchLength)
  }
}
