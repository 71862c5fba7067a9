#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform

  /// A thread that can be ended from outside, because it may stay away for ever: in code that is not the program's.
  ///
  /// Unsafe: whoever ends it must know that it runs nothing of the program's and never will. What its thread-local values and its frames
  /// refer to stays.
  public struct AbandonedThread: @unchecked Sendable {
    // Holds: the pointers are used by one thread, once, and the thread that they belong to does not run then.
    private let record: UnsafeMutablePointer<ThreadRecord>
    private let heap: UnsafeMutablePointer<Heap>

    /// The running thread; nil if Weft has not started it.
    @export(interface)
    public static var current: AbandonedThread? {
      // It has a heap when it has allocated something.
      freeMemory(allocateMemory(1))
      guard let record = weft_current_thread(), let heap = weft_current_heap() else { return nil }
      return AbandonedThread(
        record: record.assumingMemoryBound(to: ThreadRecord.self), heap: heap.assumingMemoryBound(to: Heap.self))
    }

    /// Ends the thread: gives back its stack and its heap, and has those go on that wait for its end. Returns the address by which
    /// JavaScript knows its worker, which is still to be ended.
    @export(interface)
    public func end() -> Double {
      guard let worker = record.pointee.worker else { return 0 }
      record.pointee.stack.free()
      HeapPool.takeOver(heap)
      WebWorkers.addEnded(worker)
      record.finishFromOutside()
      return UnsafeMutableRawPointer(worker).forJavaScript
    }
  }
#endif
