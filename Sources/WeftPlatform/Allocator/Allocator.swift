import CWeftPlatform

/// Memory for everything on the web: what Embedded Swift calls `posix_memalign` and `free` for.
///
/// Every thread has a heap of its own; allocating and freeing take no lock and, as long as a block is freed by the thread
/// that allocated it, no atomic instruction. Any thread may free any block. Thread-safe, never sleeps, so the page may use
/// it too. Memory that is no longer used stays with the program: wasm memory cannot shrink.
enum Allocator {
  /// At least `size` bytes, aligned to 16. Nil where memory is exhausted. O(1) but for a new slab.
  @inline(__always)
  static func allocate(_ size: UInt) -> UnsafeMutableRawPointer? {
    if size <= SizeClass.largestSize, let heap = weft_current_heap()?.assumingMemoryBound(to: Heap.self) {
      let sizeClass = SizeClass.index(for: size)
      if let slab = heap.bins[sizeClass], let block = slab.pointee.free {
        slab.pointee.free = block.pointee.next
        slab.pointee.used &+= 1
        return UnsafeMutableRawPointer(block)
      }
    }
    return allocateSlowly(size)
  }

  @inline(never)
  private static func allocateSlowly(_ size: UInt) -> UnsafeMutableRawPointer? {
    let current = weft_current_heap()?.assumingMemoryBound(to: Heap.self)
    guard let heap = current ?? HeapPool.attachHeap() else { return nil }
    if size > SizeClass.largestSize { return allocateLarge(size, alignment: 16, heap) }
    return heap.allocateSlowly(SizeClass.index(for: size))
  }

  /// At least `size` bytes, aligned to `alignment`, a power of two. Nil where memory is exhausted.
  static func allocate(_ size: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
    if alignment <= 16 { return allocate(size) }
    let (room, overflow) = size.addingReportingOverflow(alignment)
    if overflow { return nil }
    if room > SizeClass.largestSize {
      let current = weft_current_heap()?.assumingMemoryBound(to: Heap.self)
      guard let heap = current ?? HeapPool.attachHeap() else { return nil }
      return allocateLarge(size, alignment: alignment, heap)
    }
    guard let block = allocate(room) else { return nil }
    let address = UInt(bitPattern: block)
    let aligned = (address + alignment - 1) & ~(alignment - 1)
    if aligned != address { slab(of: address).pointee.hasInteriorPointers = true }
    return UnsafeMutableRawPointer(bitPattern: aligned)
  }

  /// A block with pages of its own.
  private static func allocateLarge(
    _ size: UInt, alignment: UInt, _ heap: UnsafeMutablePointer<Heap>
  ) -> UnsafeMutableRawPointer? {
    let (bytes, overflow) = size.addingReportingOverflow(Slab.headSize + (alignment > 64 ? alignment : 0) + PageSource.pageSize - 1)
    if overflow { return nil }
    let pages = bytes / PageSource.pageSize
    let room = pages * PageSource.pageSize - Slab.headSize
    guard let slab = Slab.make(pages: pages, blockSize: room, sizeClass: Slab.large, heap: heap) else { return nil }
    let aligned = (slab.firstBlock + alignment - 1) & ~(alignment - 1)
    let start = UInt(bitPattern: slab)
    let pageOfPointer = (aligned - start) / PageSource.pageSize
    if pageOfPointer > 0 { PageSource.noteRun(start, pageOfPointer + 1) }
    return UnsafeMutableRawPointer(bitPattern: aligned)
  }

  /// Frees a block that `allocate` returned, on whichever thread. O(1).
  @inline(__always)
  static func free(_ pointer: UnsafeMutableRawPointer) {
    let slab = slab(of: UInt(bitPattern: pointer))
    let heap = weft_current_heap()?.assumingMemoryBound(to: Heap.self)
    if heap == slab.pointee.heap, slab.pointee.sizeClass != Slab.large, !slab.pointee.hasInteriorPointers {
      heap.unsafelyUnwrapped.freeLocally(pointer.assumingMemoryBound(to: FreeBlock.self), in: slab)
    } else {
      freeSlowly(pointer, in: slab)
    }
  }

  @inline(never)
  private static func freeSlowly(_ pointer: UnsafeMutableRawPointer, in slab: UnsafeMutablePointer<Slab>) {
    if slab.pointee.sizeClass == Slab.large { return slab.giveBack() }
    let offset = UInt(bitPattern: pointer) - slab.firstBlock
    let start = slab.firstBlock + offset / slab.pointee.blockSize * slab.pointee.blockSize
    let block = UnsafeMutablePointer<FreeBlock>(bitPattern: start)!
    if let heap = weft_current_heap()?.assumingMemoryBound(to: Heap.self), heap == slab.pointee.heap {
      heap.freeLocally(block, in: slab)
    } else {
      slab.freeRemotely(block)
    }
  }

  /// How many bytes can be used from `pointer` on.
  static func usableSize(_ pointer: UnsafeMutableRawPointer) -> UInt {
    let address = UInt(bitPattern: pointer)
    let slab = slab(of: address)
    return slab.pointee.blockSize - (address - slab.firstBlock) % slab.pointee.blockSize
  }

  @inline(__always)
  private static func slab(of address: UInt) -> UnsafeMutablePointer<Slab> {
    UnsafeMutablePointer(bitPattern: PageSource.runStart(of: address)).unsafelyUnwrapped
  }
}
