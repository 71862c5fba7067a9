import CWeftPlatform
import Synchronization

/// The memory of one thread: slabs of each size class. No atomic instruction when a thread frees what it allocated.
///
/// The scheme is that of mimalloc (D. Leijen, B. Zorn, L. de Moura, "Mimalloc: free list sharding in action", 2019): a free
/// list for each slab, and a second, atomic one for blocks that other threads free. A heap outlives its thread: the next
/// thread takes it over with all that is in it, so that blocks which are still in use keep an owner.
struct Heap: ~Copyable {
  /// Slabs that got their first free block back from another thread while they were full: a stack, pushed by any thread,
  /// taken whole by the owner (so a popped slab cannot be pushed again behind a comparison).
  let returned = Atomic<UInt>(0)
  /// The next heap without a thread. Guarded by `PageSource.lock`.
  var nextIdle: UnsafeMutablePointer<Heap>?

  init() {}

  /// The lists of slabs, one for each class, stand behind the heap.
  static var size: Int { binsOffset + SizeClass.count * MemoryLayout<UnsafeMutablePointer<Slab>?>.stride }
  static var binsOffset: Int { 64 }
}

extension UnsafeMutablePointer where Pointee == Heap {
  /// The slabs of each class that may have a free block; the first is the one in use.
  @inline(__always)
  var bins: UnsafeMutablePointer<UnsafeMutablePointer<Slab>?> {
    (UnsafeMutableRawPointer(self) + Heap.binsOffset).assumingMemoryBound(to: UnsafeMutablePointer<Slab>?.self)
  }

  /// A block of the class, when the slab in use has no free one. Nil where memory is exhausted.
  func allocateSlowly(_ sizeClass: Int) -> UnsafeMutableRawPointer? {
    takeReturned()
    while let slab = bins[sizeClass] {
      slab.takeRemoteFree()
      if slab.pointee.free == nil { slab.carve() }
      if let block = slab.pointee.free {
        slab.pointee.free = block.pointee.next
        slab.pointee.used &+= 1
        return UnsafeMutableRawPointer(block)
      }
      remove(slab)
      slab.pointee.isFull = true
      // Release: pairs with the acquiring exchange of the thread that frees into the slab; publishes `isFull` and the
      // slab's having left the list. Fails when a block has come in meanwhile: then the slab is not full.
      if !slab.remoteFree.pointee.compareExchange(
        expected: 0, desired: Slab.fullMark, successOrdering: .releasing, failureOrdering: .relaxed
      ).exchanged {
        slab.pointee.isFull = false
        insert(slab)
      }
    }
    guard let slab = makeSlab(sizeClass) else { return nil }
    insert(slab)
    slab.carve()
    let block = slab.pointee.free!
    slab.pointee.free = block.pointee.next
    slab.pointee.used = 1
    return UnsafeMutableRawPointer(block)
  }

  /// Frees a block of a slab that this heap, the running thread's, owns.
  @inline(__always)
  func freeLocally(_ block: UnsafeMutablePointer<FreeBlock>, in slab: UnsafeMutablePointer<Slab>) {
    block.pointee.next = slab.pointee.free
    slab.pointee.free = block
    slab.pointee.used &-= 1
    if slab.pointee.used == 0 || slab.pointee.isFull { slabChanged(slab) }
  }

  /// Puts a slab back into its list that was full, and gives an empty one to the page source, but for one of each class.
  @inline(never)
  private func slabChanged(_ slab: UnsafeMutablePointer<Slab>) {
    if slab.pointee.isFull {
      // Takes the mark away. Fails when another thread has freed into the slab and pushes it to `returned`: then it comes
      // back from there, and must not be touched before.
      guard
        slab.remoteFree.pointee.compareExchange(
          expected: Slab.fullMark, desired: 0, successOrdering: .relaxed, failureOrdering: .relaxed
        ).exchanged
      else { return }
      slab.pointee.isFull = false
      insert(slab)
    }
    if slab.pointee.used == 0 { retireIfSpare(slab) }
  }

  @inline(never)
  private func retireIfSpare(_ slab: UnsafeMutablePointer<Slab>) {
    guard slab.pointee.next != nil || slab.pointee.previous != nil else { return }
    remove(slab)
    slab.giveBack()
  }

  /// Takes back the slabs that are no longer full.
  private func takeReturned() {
    // Acquire: pairs with the push in `freeRemotely`; publishes `nextReturned` and the freed blocks.
    var next = UnsafeMutablePointer<Slab>(bitPattern: pointee.returned.exchange(0, ordering: .acquiring))
    while let slab = next {
      next = slab.pointee.nextReturned
      slab.pointee.isFull = false
      insert(slab)
      slab.takeRemoteFree()
      if slab.pointee.used == 0 { retireIfSpare(slab) }
    }
  }

  /// Gives every empty slab back. Called when the heap loses its thread.
  func trim() {
    takeReturned()
    var sizeClass = 0
    while sizeClass < SizeClass.count {
      var next = bins[sizeClass]
      while let slab = next {
        next = slab.pointee.next
        slab.takeRemoteFree()
        if slab.pointee.used == 0 {
          remove(slab)
          slab.giveBack()
        }
      }
      sizeClass += 1
    }
  }

  private func makeSlab(_ sizeClass: Int) -> UnsafeMutablePointer<Slab>? {
    let blockSize = SizeClass.blockSize(sizeClass)
    // Room for at least seven blocks beside the head.
    let pages = (blockSize * 8 + PageSource.pageSize - 1) / PageSource.pageSize
    return Slab.make(pages: pages, blockSize: blockSize, sizeClass: sizeClass, heap: self)
  }

  @inline(never)
  private func insert(_ slab: UnsafeMutablePointer<Slab>) {
    let sizeClass = slab.pointee.sizeClass
    slab.pointee.previous = nil
    slab.pointee.next = bins[sizeClass]
    bins[sizeClass]?.pointee.previous = slab
    bins[sizeClass] = slab
  }

  @inline(never)
  private func remove(_ slab: UnsafeMutablePointer<Slab>) {
    if let previous = slab.pointee.previous {
      previous.pointee.next = slab.pointee.next
    } else {
      bins[slab.pointee.sizeClass] = slab.pointee.next
    }
    slab.pointee.next?.pointee.previous = slab.pointee.previous
    slab.pointee.next = nil
    slab.pointee.previous = nil
  }
}

extension Slab {
  @inline(never)
  static func make(
    pages: UInt, blockSize: UInt, sizeClass: Int, heap: UnsafeMutablePointer<Heap>
  ) -> UnsafeMutablePointer<Slab>? {
    guard let address = PageSource.take(pages) ?? takeAfterTrim(pages) else { return nil }
    // A large block's pointer lies in the first page, unless it was aligned to more; `allocateLarge` notes that itself.
    PageSource.noteRun(address, sizeClass == Slab.large ? 1 : pages)
    let slab = UnsafeMutablePointer<Slab>(bitPattern: address)!
    let first = slab.firstBlock
    let end = first + (pages * PageSource.pageSize - headSize) / blockSize * blockSize
    slab.initialize(to: Slab(end: end, blockSize: blockSize, pageCount: pages, heap: heap, sizeClass: sizeClass, fresh: first))
    slab.remoteFree.initialize(to: Atomic(0))
    return slab
  }
}

private func takeAfterTrim(_ pages: UInt) -> UInt? {
  weft_current_heap()?.assumingMemoryBound(to: Heap.self).trim()
  HeapPool.trimIdle()
  return PageSource.take(pages)
}

extension UnsafeMutablePointer where Pointee == Slab {
  @inline(never)
  func giveBack() {
    let pages = pointee.pageCount
    PageSource.give(UInt(bitPattern: self), pages)
  }

  /// Cuts some fresh blocks off: as many as fit in 4 KiB, so that a new slab does not touch all its memory at once.
  @inline(never)
  func carve() {
    let size = pointee.blockSize
    let count = min(max(4096 / size, 1), (pointee.end - pointee.fresh) / size)
    guard count > 0 else { return }
    var head = pointee.free
    // From the last to the first, so that blocks are handed out in the order of their addresses.
    var address = pointee.fresh &+ count &* size
    while address > pointee.fresh {
      address &-= size
      let block = UnsafeMutablePointer<FreeBlock>(bitPattern: address).unsafelyUnwrapped
      block.pointee.next = head
      head = block
    }
    pointee.free = head
    pointee.fresh += count * size
  }

  /// Moves the blocks that other threads freed to the owner's list. The slab is not marked full.
  @inline(never)
  func takeRemoteFree() {
    // Most often there is nothing, and a load is cheaper than an exchange.
    guard remoteFree.pointee.load(ordering: .relaxed) != 0 else { return }
    // Acquire: pairs with the release of the push in `freeRemotely`, publishes the blocks' `next`.
    var next = UnsafeMutablePointer<FreeBlock>(bitPattern: remoteFree.pointee.exchange(0, ordering: .acquiring))
    while let block = next {
      next = block.pointee.next
      block.pointee.next = pointee.free
      pointee.free = block
      pointee.used &-= 1
    }
  }

  /// Frees a block of a slab that another thread's heap owns. Lock-free.
  func freeRemotely(_ block: UnsafeMutablePointer<FreeBlock>) {
    var head = remoteFree.pointee.load(ordering: .relaxed)
    while true {
      let wasFull = head == Slab.fullMark
      // Read before the push: after it the owner may take the block, find the slab empty and give it back. A full slab
      // stays until it has come back through `returned`, which only this thread can bring about once it took the mark.
      let heap = pointee.heap
      block.pointee.next = wasFull ? nil : UnsafeMutablePointer<FreeBlock>(bitPattern: head)
      // Release: pairs with the acquiring exchange in `takeRemoteFree`, publishes the block's `next`. Acquire, for a full
      // slab: pairs with the release that set the mark, so that the push below comes after the owner's leaving it.
      let (done, current) = remoteFree.pointee.compareExchange(
        expected: head, desired: UInt(bitPattern: block), successOrdering: .acquiringAndReleasing, failureOrdering: .relaxed)
      if done {
        if wasFull { heap.pushReturned(self) }
        return
      }
      head = current
    }
  }
}

extension UnsafeMutablePointer where Pointee == Heap {
  fileprivate func pushReturned(_ slab: UnsafeMutablePointer<Slab>) {
    var head = pointee.returned.load(ordering: .relaxed)
    while true {
      slab.pointee.nextReturned = UnsafeMutablePointer<Slab>(bitPattern: head)
      // Release: pairs with the acquiring exchange in `takeReturned`, publishes `nextReturned`.
      let (done, current) = pointee.returned.compareExchange(
        expected: head, desired: UInt(bitPattern: slab), successOrdering: .releasing, failureOrdering: .relaxed)
      if done { return }
      head = current
    }
  }
}
