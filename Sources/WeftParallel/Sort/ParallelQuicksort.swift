import Synchronization
import WeftPlatform
import WeftScheduler

// Quicksort by several threads. Who has divided a part leaves the longer half to the others as long as it is long. Each takes parts
// in a loop of its own, the calling thread in one into which the comparison is inlined, until there are none. A part is sorted in
// the same way whoever does it, so the result does not depend on the number of threads.

/// The fewest elements that are left to another thread.
@inlinable @inline(__always) var sharedPartLength: Int { 1 << 13 }

/// Sorts on several threads without keeping the order of equal elements.
@inlinable @inline(__always)
func parallelQuicksort<Element: Sendable, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, in order: Order
) {
  if sortIfOneRun(base, count, in: order) { return }
  // Another thread calls a closure through a pointer, and takes several times as long for a part: it must not begin with the
  // longest. A thread from outside the pool has no index by which it could be known again.
  let owner = Pool.currentThreadIndex
  let longestForOthers = Order.isInlinedElsewhere || owner == nil ? count : count / 8
  // Safe: no element is in two parts.
  nonisolated(unsafe) let values = base
  let queue = PartQueue(capacity: count / sharedPartLength &+ 1)
  queue.add(UnsortedPart(count))
  withUnsafePointer(to: queue) { pointer in
    // Safe: it locks itself.
    nonisolated(unsafe) let queue = pointer
    // As many pieces as threads may take part, since the first of a thread's pieces lasts until the end.
    parallelPieces(of: 64, maximumLength: 1) { _ in
      let longest = Pool.currentThreadIndex == owner ? count : longestForOthers
      while queue.pointee.isUnfinished {
        guard let part = queue.pointee.take(upTo: longest) else {
          yieldProcessor()
          continue
        }
        quicksort(values, part, in: order) { longer in
          if longer.end &- longer.start < sharedPartLength { return false }
          queue.pointee.add(longer)
          return true
        }
        queue.pointee.finish()
      }
      return false
    }
  }
  queue.free()
}

/// Parts that wait for a thread.
@usableFromInline
struct PartQueue: ~Copyable {
  private let parts: UnsafeMutablePointer<UnsortedPart>
  /// How many wait.
  private let count = Atomic<Int>(0)
  /// How many wait or are being sorted. Relaxed: only tells when to stop; the loop's end publishes the elements.
  private let unfinished = Atomic<Int>(0)
  /// Acquired and released around each access to `parts` and `count`: who takes a part sees what was written before it was added.
  private let isLocked = Atomic<Bool>(false)

  @usableFromInline
  init(capacity: Int) { parts = .allocate(capacity: capacity) }

  // No deinitializer: the compiler cannot call one from the code of another module.
  @usableFromInline
  func free() { parts.deallocate() }

  /// Whether a part may still be added.
  @usableFromInline
  var isUnfinished: Bool { unfinished.load(ordering: .relaxed) > 0 }

  @usableFromInline
  func add(_ part: UnsortedPart) {
    unfinished.wrappingAdd(1, ordering: .relaxed)
    lock()
    let last = count.load(ordering: .relaxed)
    parts[last] = part
    count.store(last &+ 1, ordering: .relaxed)
    isLocked.store(false, ordering: .releasing)
  }

  /// Takes the newest part that is not longer.
  @usableFromInline
  func take(upTo longest: Int) -> UnsortedPart? {
    if count.load(ordering: .relaxed) == 0 { return nil }
    lock()
    defer { isLocked.store(false, ordering: .releasing) }
    let last = count.load(ordering: .relaxed) &- 1
    var index = last
    while index >= 0 {
      let part = parts[index]
      if part.end &- part.start <= longest {
        parts[index] = parts[last]
        count.store(last, ordering: .relaxed)
        return part
      }
      index &-= 1
    }
    return nil
  }

  /// Says that a part which was taken is sorted.
  @usableFromInline
  func finish() { unfinished.wrappingSubtract(1, ordering: .relaxed) }

  private func lock() {
    while isLocked.exchange(true, ordering: .acquiring) { yieldProcessor() }
  }
}
