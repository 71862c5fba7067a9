import CWeftPlatform

/// Heaps without a thread, and how a thread gets and loses its heap.
enum HeapPool {
  /// Guarded by `PageSource.lock`, as is the cutting of new heaps.
  nonisolated(unsafe) private static var idle: UnsafeMutablePointer<Heap>?
  nonisolated(unsafe) private static var fresh: UInt = 0
  nonisolated(unsafe) private static var end: UInt = 0

  /// The running thread's heap; its first allocation makes it. Nil where memory is exhausted.
  @inline(never)
  static func attachHeap() -> UnsafeMutablePointer<Heap>? {
    guard let heap = takeIdle() ?? cut() else { return nil }
    weft_set_current_heap(heap)
    return heap
  }

  /// Gives the running thread's heap to the next thread that needs one. The thread must not allocate afterwards.
  static func detachHeap() {
    guard let heap = weft_current_heap()?.assumingMemoryBound(to: Heap.self) else { return trimIdle() }
    weft_set_current_heap(nil)
    takeOver(heap)
  }

  /// The same for a thread that will never run again, given its heap.
  static func takeOver(_ heap: UnsafeMutablePointer<Heap>) {
    putIdle(heap)
    trimIdle()
  }

  /// Takes back what other threads have freed into heaps without a thread, and gives empty slabs to the page source.
  ///
  /// Complexity: O(idle heaps); called when a thread ends, and before memory is said to be exhausted.
  static func trimIdle() {
    var heaps: UnsafeMutablePointer<Heap>?
    while let heap = takeIdle() {
      heap.trim()
      heap.pointee.nextIdle = heaps
      heaps = heap
    }
    while let heap = heaps {
      heaps = heap.pointee.nextIdle
      putIdle(heap)
    }
  }

  private static func putIdle(_ heap: UnsafeMutablePointer<Heap>) {
    // The lock publishes the heap's contents to its next thread.
    PageSource.lock.withLock {
      heap.pointee.nextIdle = idle
      idle = heap
    }
  }

  private static func takeIdle() -> UnsafeMutablePointer<Heap>? {
    PageSource.lock.withLock {
      guard let heap = idle else { return nil }
      idle = heap.pointee.nextIdle
      return heap
    }
  }

  /// Cuts a heap off a page that holds nothing but heaps and is never given back.
  private static func cut() -> UnsafeMutablePointer<Heap>? {
    let stride = UInt((Heap.size + 63) / 64 * 64)
    var address = PageSource.lock.withLock { takeFresh(stride) }
    if address == nil {
      guard let page = PageSource.take(1) else { return nil }
      address = PageSource.lock.withLock {
        // Another thread may have brought a page meanwhile; what is left of it is not worth keeping.
        fresh = page
        end = page + PageSource.pageSize
        return takeFresh(stride)
      }
    }
    let heap = UnsafeMutablePointer<Heap>(bitPattern: address!)!
    heap.initialize(to: Heap())
    heap.bins.initialize(repeating: nil, count: SizeClass.count)
    return heap
  }

  private static func takeFresh(_ stride: UInt) -> UInt? {
    guard fresh + stride <= end else { return nil }
    defer { fresh += stride }
    return fresh
  }
}
