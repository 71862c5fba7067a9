import WeftScheduler

// Blocks sorted by several threads, and merged by several threads: each merge is cut at places found by binary search (S. Odeh,
// O. Green, Z. Mwassi, O. Shmueli, Y. Birk, "Merge path", 2012). Blocks and cuts depend on the count alone, so the result does
// not depend on the number of threads.

/// The most elements that are sorted on the calling thread alone.
@inlinable @inline(__always) var sequentialSortLimit: Int { 1 << 12 }

/// How many elements of a merge one piece makes.
@inlinable @inline(__always) var mergePieceLength: Int { 1 << 14 }

/// Sorts on several threads. `scratch` has room for all elements.
@inlinable @inline(__always)
func parallelMergeSort<Element: Sendable>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, scratch: UnsafeMutablePointer<Element>, isStable: Bool,
  by areInIncreasingOrder: @Sendable (Element, Element) -> Bool
) {
  if sortIfOneRun(base, count, by: areInIncreasingOrder) { return }
  // A power of 4, so that the last of the merges to and fro ends where the elements were.
  let blockCount = count < 1 << 17 ? 4 : count < 1 << 22 ? 16 : 64
  let blockLength = count / blockCount
  // Safe: blocks have their own elements, and so have pieces.
  nonisolated(unsafe) let (values, room) = (base, scratch)
  parallelPieces(of: blockCount, maximumLength: 1) { blocks in
    for block in blocks {
      let start = block &* blockLength
      let length = block &+ 1 == blockCount ? count &- start : blockLength
      if isStable {
        mergeSort(values + start, length, scratch: room + start, by: areInIncreasingOrder)
      } else {
        quicksort(values + start, length, by: areInIncreasingOrder)
      }
    }
    return true
  }

  let cuts = UnsafeMutablePointer<Int>.allocate(capacity: blockCount &+ count / mergePieceLength)
  // Safe: written before the threads read it.
  nonisolated(unsafe) let sharedCuts = cuts
  var level = MergeLevel(from: base, to: scratch, count, runCount: blockCount, runLength: blockLength)
  while level.runCount > 1 {
    level.findCuts(cuts, by: areInIncreasingOrder)
    parallelPieces(of: level.pieceCount, maximumLength: 1) { [level] pieces in
      for piece in pieces { level.merge(piece, cuts: sharedCuts, by: areInIncreasingOrder) }
      return true
    }
    level = level.next
  }
  cuts.deallocate()
}
