import Synchronization

/// A free block holds the pointer to the next free one.
struct FreeBlock {
  var next: UnsafeMutablePointer<FreeBlock>?
}

/// The head of a run of pages that is cut into blocks of one size, or holds one large block.
///
/// A slab belongs to a heap, and all but `remoteFree` is touched by the thread that has that heap only.
struct Slab: ~Copyable {
  // What others read too: all threads that free into the slab. On a line that is hardly ever written.

  let end: UInt
  let blockSize: UInt
  let pageCount: UInt
  let heap: UnsafeMutablePointer<Heap>
  let sizeClass: Int
  /// Holds blocks whose pointer was moved inside them to align it.
  var hasInteriorPointers = false
  private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

  // The owner's.

  /// Blocks freed by the owner, ready to be handed out.
  var free: UnsafeMutablePointer<FreeBlock>?
  /// Blocks handed out, and not yet back in `free`. Blocks in `remoteFree` still count.
  var used: UInt = 0
  /// The first address that was never handed out. The blocks go to `end`.
  var fresh: UInt
  /// Neighbours in the heap's list of slabs of this class.
  var next: UnsafeMutablePointer<Slab>?
  var previous: UnsafeMutablePointer<Slab>?
  /// The next in the heap's stack of slabs that are no longer full. Written by whoever pushes, before the push.
  var nextReturned: UnsafeMutablePointer<Slab>?
  /// Not in the heap's list, because no block was left.
  var isFull = false

  /// The class of a slab with one large block.
  static let large = -1
  /// Set in `remoteFree` of a full slab: whoever frees into it first gives the slab back to its heap.
  static let fullMark: UInt = 1

  /// Where the blocks begin. `remoteFree` has the last 64 bytes before: a cache line of its own, so that threads that free
  /// into the slab do not take the owner's line from it.
  static var headSize: UInt { (UInt(MemoryLayout<Slab>.size) + 63) / 64 * 64 + 64 }
}

extension UnsafeMutablePointer where Pointee == Slab {
  /// The stack of blocks that other threads freed: a pointer, or `fullMark`, or 0.
  @inline(__always)
  var remoteFree: UnsafeMutablePointer<Atomic<UInt>> {
    (UnsafeMutableRawPointer(self) + Int(Slab.headSize - 64)).assumingMemoryBound(to: Atomic<UInt>.self)
  }

  @inline(__always)
  var firstBlock: UInt { UInt(bitPattern: self) &+ Slab.headSize }
}
