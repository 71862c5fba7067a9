import Synchronization
import WeftScheduler

// Stable: blocks sorted by several threads, and merged by several threads: each merge is cut at places found by binary search (S. Odeh,
// O. Green, Z. Mwassi, O. Shmueli, Y. Birk, "Merge path", 2012). Blocks and cuts depend on the count alone, so the result does
// not depend on the number of threads.

/// How many elements of a merge one piece makes.
@inlinable @inline(__always) var mergePieceLength: Int { 1 << 14 }

/// Sorts on several threads. `scratch` has room for all elements.
@inlinable @inline(__always)
func parallelMergeSort<Element: Sendable, Order: SortOrder<Element>>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, scratch: UnsafeMutablePointer<Element>, in order: Order
) {
  if sortIfOneRun(base, count, in: order) { return }
  // A power of 4, so that the last of the merges to and fro ends where the elements were.
  let blockCount = count < 1 << 17 ? 4 : count < 1 << 22 ? 16 : 64
  let blockLength = count / blockCount
  // Safe: blocks have their own elements, and so have pieces.
  nonisolated(unsafe) let (values, room) = (base, scratch)
  forEachTask(of: blockCount) { block in
    let start = block &* blockLength
    let length = block &+ 1 == blockCount ? count &- start : blockLength
    mergeSort(values + start, length, scratch: room + start, in: order)
  }

  let cuts = UnsafeMutablePointer<Int>.allocate(capacity: blockCount &+ count / mergePieceLength)
  // Safe: written before the threads read it.
  nonisolated(unsafe) let sharedCuts = cuts
  var level = MergeLevel(from: base, to: scratch, count, runCount: blockCount, runLength: blockLength)
  while level.runCount > 1 {
    level.findCuts(cuts, in: order)
    forEachTask(of: level.pieceCount) { [level] piece in level.merge(piece, cuts: sharedCuts, in: order) }
    level = level.next
  }
  cuts.deallocate()
}

/// Calls `body` for each integer below `count`, on several threads.
///
/// Each thread takes one at a time in a loop of its own. So all that the calling thread does is done in the loop into which the
/// comparison is inlined, while `parallelPieces` lets it take back what others have as they do, through a pointer.
@inlinable @inline(__always)
func forEachTask(of count: Int, _ body: @Sendable (Int) -> Void) {
  // Relaxed: hands out numbers only; the loop's end publishes what is done with them.
  let next = Atomic<Int>(0)
  withUnsafePointer(to: next) { pointer in
    // Safe: an atomic, in a frame that outlives the loop.
    nonisolated(unsafe) let next = pointer
    parallelPieces(of: min(count, 64), maximumLength: 1) { _ in
      while true {
        let task = next.pointee.wrappingAdd(1, ordering: .relaxed).oldValue
        if task >= count { return false }
        body(task)
      }
    }
  }
}
