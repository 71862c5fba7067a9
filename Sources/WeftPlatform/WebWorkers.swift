#if arch(wasm32)
  import CWeftPlatform
  import Synchronization

  /// A web worker with its own instance of the module, on which threads run one after the other.
  struct WebWorker: ~Copyable {
    /// The address of the thread to run next. First, so that its address is the worker's.
    let assignment: Atomic<Int32>
    /// Not 0 when the worker has gone. Second, because JavaScript writes it, when nothing runs on the worker's stack any more.
    let hasLeft = Atomic<Int32>(0)
    /// Guarded by `WebWorkers.lock`.
    var next: UnsafeMutablePointer<WebWorker>?

    static let nothing: Int32 = 0
    static let leave: Int32 = -1
    /// For what the worker does between two threads; behind it lies the thread-local block.
    static let stackSize = 8192
  }

  /// All workers that run no thread. Thread-safe.
  enum WebWorkers {
    private static let lock = SpinLock()
    /// Those that wait for a thread, the last that came first: its caches are the warmest. Guarded by `lock`.
    nonisolated(unsafe) private static var spares: UnsafeMutablePointer<WebWorker>?
    nonisolated(unsafe) private static var spareCount = 0
    /// Those that leave; their memory is freed when they have. Guarded by `lock`.
    nonisolated(unsafe) private static var leaving: UnsafeMutablePointer<WebWorker>?
    nonisolated(unsafe) private static var isClosing = false

    /// More than these do not wait for a thread, but end.
    private static let mostSpares = 8
    /// How long one waits before it ends.
    private static let patience: Int64 = 10_000_000_000

    /// Has a worker run the thread: one that waits, or a new one.
    static func run(_ thread: UnsafeMutablePointer<ThreadRecord>) {
      if let worker = takeSpare() { return worker.assign(Int32(bitPattern: UInt32(UInt(bitPattern: thread)))) }
      freeThoseThatLeft()
      let alignment = max(weft_thread_locals_alignment(), 16)
      let headSize = UInt(MemoryLayout<WebWorker>.size + 15) & ~15
      let size = headSize + UInt(WebWorker.stackSize) + alignment + weft_thread_locals_size()
      guard let memory = Allocator.allocate(size) else { memoryIsExhausted(size) }
      let worker = memory.bindMemory(to: WebWorker.self, capacity: 1)
      worker.initialize(to: WebWorker(assignment: Atomic(Int32(bitPattern: UInt32(UInt(bitPattern: thread)))), next: nil))
      let stackEnd = UInt(bitPattern: memory) + headSize + UInt(WebWorker.stackSize)
      let locals = (stackEnd + alignment - 1) & ~(alignment - 1)
      thread.pointee.name.withBytes { name in
        weft_start_worker(
          worker, UnsafeMutableRawPointer(bitPattern: stackEnd), UnsafeMutableRawPointer(bitPattern: locals), name.baseAddress,
          UInt(name.count))
      }
    }

    /// Ends all workers that wait, and soon those that do not.
    static func close() {
      lock.withLock { isClosing = true }
      while let worker = takeSpare() { worker.assign(WebWorker.leave) }
    }

    private static func takeSpare() -> UnsafeMutablePointer<WebWorker>? {
      lock.withLock {
        guard let worker = spares else { return nil }
        spares = worker.pointee.next
        spareCount -= 1
        return worker
      }
    }

    /// Whether the worker is to wait for a thread, rather than leave.
    static func addSpare(_ worker: UnsafeMutablePointer<WebWorker>) -> Bool {
      lock.withLock {
        let stays = !isClosing && spareCount < mostSpares
        if stays {
          worker.pointee.next = spares
          spares = worker
          spareCount += 1
        } else {
          worker.pointee.next = leaving
          leaving = worker
        }
        return stays
      }
    }

    /// Has a worker leave that waited long enough. False if somebody has taken it meanwhile, and is about to assign a thread.
    static func removeSpare(_ worker: UnsafeMutablePointer<WebWorker>) -> Bool {
      lock.withLock {
        guard remove(worker, from: &spares) else { return false }
        spareCount -= 1
        worker.pointee.next = leaving
        leaving = worker
        return true
      }
    }

    private static func remove(_ worker: UnsafeMutablePointer<WebWorker>, from list: inout UnsafeMutablePointer<WebWorker>?) -> Bool {
      if list == worker {
        list = worker.pointee.next
        return true
      }
      var current = list
      while let before = current {
        if before.pointee.next == worker {
          before.pointee.next = worker.pointee.next
          return true
        }
        current = before.pointee.next
      }
      return false
    }

    private static func freeThoseThatLeft() {
      while true {
        let worker: UnsafeMutablePointer<WebWorker>? = lock.withLock {
          var candidate = leaving
          // Acquire: pairs with the store of JavaScript's, after which nothing uses the memory.
          while let worker = candidate, worker.pointee.hasLeft.load(ordering: .acquiring) == 0 { candidate = worker.pointee.next }
          if let candidate { _ = remove(candidate, from: &leaving) }
          return candidate
        }
        guard let worker else { return }
        Allocator.free(UnsafeMutableRawPointer(worker))
      }
    }

    /// The next thread for the worker to run, or null if it is to leave. Called on the worker's own stack.
    static func next(for worker: UnsafeMutablePointer<WebWorker>) -> Int32 {
      // Acquire: pairs with the release in `assign`, publishes the thread. The first thread came with the worker's start.
      var assigned = worker.pointee.assignment.exchange(WebWorker.nothing, ordering: .acquiring)
      if assigned == WebWorker.nothing && !addSpare(worker) { return 0 }
      while assigned == WebWorker.nothing {
        let isOver = weft_futex_wait(UnsafeMutableRawPointer(worker).assumingMemoryBound(to: Int32.self), WebWorker.nothing, patience) == 2
        assigned = worker.pointee.assignment.exchange(WebWorker.nothing, ordering: .acquiring)
        if isOver && assigned == WebWorker.nothing && removeSpare(worker) { return 0 }
      }
      if assigned != WebWorker.leave { return assigned }
      // Only for its memory: somebody has taken it out of the spares.
      _ = addSpare(worker)
      return 0
    }
  }

  extension UnsafeMutablePointer where Pointee == WebWorker {
    fileprivate func assign(_ thread: Int32) {
      // Release: pairs with the exchange in `next`. Nobody else assigns: the worker is in no list.
      pointee.assignment.store(thread, ordering: .releasing)
      Futex.wake(UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self))
    }
  }

  /// Ends the workers that wait for a thread, and those that would.
  @export(interface)
  public func endSpareWorkers() { WebWorkers.close() }

  // What JavaScript calls in a worker.

  /// The next thread to run, or 0 when the worker is to leave. Waits for it.
  @_expose(wasm, "weft_worker_next")
  @_cdecl("weft_worker_next")
  func nextThread(_ worker: UnsafeMutableRawPointer) -> Int32 {
    WebWorkers.next(for: worker.assumingMemoryBound(to: WebWorker.self))
  }

  /// Where a thread's stack begins.
  @_expose(wasm, "weft_thread_stack")
  @_cdecl("weft_thread_stack")
  func threadStack(_ thread: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    thread.assumingMemoryBound(to: ThreadRecord.self).pointee.stack.end
  }

  /// Runs a thread's body on its stack, which JavaScript has set up.
  @_expose(wasm, "weft_thread_run")
  @_cdecl("weft_thread_run")
  func runThread(_ thread: UnsafeMutableRawPointer) {
    let thread = thread.assumingMemoryBound(to: ThreadRecord.self)
    thread.runBody()
    thread.pointee.stack.check()
  }

  /// Ends a thread, on the worker's stack: only now nothing runs on its own any more.
  @_expose(wasm, "weft_thread_end")
  @_cdecl("weft_thread_end")
  func endThread(_ thread: UnsafeMutableRawPointer) {
    let thread = thread.assumingMemoryBound(to: ThreadRecord.self)
    thread.pointee.stack.free()
    HeapPool.detachHeap()
    thread.finish()
  }

  /// The bytes of a thread's name, 24 at most; behind them, as 32 bits, stands how many they are.
  @_expose(wasm, "weft_thread_name")
  @_cdecl("weft_thread_name")
  func threadName(_ thread: UnsafeMutableRawPointer) -> UnsafeRawPointer {
    UnsafeRawPointer(thread) + 8
  }
#endif
