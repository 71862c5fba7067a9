#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform
  import Synchronization

  /// A web worker with its own instance of the module, on which threads run one after the other.
  struct WebWorker: ~Copyable {
    /// The thread to run next: its address without the four bits that are 0 in all that is allocated, so that 32 bits hold that of a
    /// memory of up to 64 GiB. First, so that its address is the worker's.
    let assignment = Atomic<Int32>(WebWorker.nothing)
    /// Not 0 when the worker has gone. Second, because JavaScript writes it, when nothing runs on the worker's stack any more.
    let hasLeft = Atomic<Int32>(0)
    /// For what it does between two threads.
    let stackEnd: UnsafeMutableRawPointer
    let locals: UnsafeMutableRawPointer
    /// Guarded by `WebWorkers.lock`.
    var next: UnsafeMutablePointer<WebWorker>?
    /// Whether it stands among the spares, or has stood there until a thread was assigned. The worker's own.
    var isSpare = false

    static let nothing: Int32 = 0
    static let leave: Int32 = -1
    /// Bytes.
    static let stackSize = 8192
  }

  /// All workers that run no thread. Thread-safe.
  enum WebWorkers {
    private static let lock = SpinLock()
    /// Those that wait for a thread, the last that came first: its caches are the warmest. Guarded by `lock`.
    nonisolated(unsafe) private static var spares: UnsafeMutablePointer<WebWorker>?
    nonisolated(unsafe) private static var spareCount = 0
    /// Those that leave; their memory is used again when they have. Guarded by `lock`.
    nonisolated(unsafe) private static var leaving: UnsafeMutablePointer<WebWorker>?

    /// More than these do not wait for a thread, but end. None does once the app ends: then 0. Guarded by `lock`.
    nonisolated(unsafe) private static var mostSpares = 8

    /// Has a worker run the thread: one that waits, or a new one.
    static func run(_ thread: UnsafeMutablePointer<ThreadRecord>) {
      if let worker = takeSpare() {
        thread.pointee.worker = worker
        return worker.assign(thread)
      }
      let worker = takeLeft() ?? make()
      thread.pointee.worker = worker
      worker.pointee.hasLeft.store(0, ordering: .relaxed)
      worker.assign(thread)
      thread.pointee.name.withBytes { name in
        weft_start_worker(
          worker, worker.pointee.stackEnd, worker.pointee.locals, name.baseAddress, UInt(name.count))
      }
    }

    private static func make() -> UnsafeMutablePointer<WebWorker> {
      let alignment = max(weft_thread_locals_alignment(), 16)
      let headSize = UInt(MemoryLayout<WebWorker>.size + 15) & ~15
      let size = headSize + UInt(WebWorker.stackSize) + alignment + weft_thread_locals_size()
      guard let memory = Allocator.allocate(size) else { memoryIsExhausted(size) }
      let stackEnd = memory + Int(headSize) + WebWorker.stackSize
      let worker = memory.bindMemory(to: WebWorker.self, capacity: 1)
      worker.initialize(to: WebWorker(stackEnd: stackEnd, locals: stackEnd.alignedUp(toMultipleOf: Int(alignment)), next: nil))
      return worker
    }

    /// Ends all workers that wait, and soon those that do not.
    static func close() {
      lock.withLock { mostSpares = 0 }
      while let worker = takeSpare() { worker.assign(nil) }
    }

    @inline(never)
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
        let stays = spareCount < mostSpares
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

    /// Notes that a worker will not run anything any more: JavaScript says when it is terminated, and so has left.
    static func addEnded(_ worker: UnsafeMutablePointer<WebWorker>) {
      lock.withLock {
        worker.pointee.next = leaving
        leaving = worker
      }
    }

    /// One that has left.
    private static func takeLeft() -> UnsafeMutablePointer<WebWorker>? {
      lock.withLock {
        var before: UnsafeMutablePointer<WebWorker>?
        var candidate = leaving
        while let worker = candidate {
          candidate = worker.pointee.next
          // Acquire: pairs with the store of JavaScript's, after which nothing uses the memory.
          if worker.pointee.hasLeft.load(ordering: .acquiring) != 0 {
            if let before { before.pointee.next = candidate } else { leaving = candidate }
            return worker
          }
          before = worker
        }
        return nil
      }
    }

    /// The next thread for the worker to run, 0 if it is to end, or -1 if it is to come again when its first word is not 0. Called on
    /// the worker's own stack.
    static func next(for worker: UnsafeMutablePointer<WebWorker>) -> Double {
      // Acquire: pairs with the release in `assign`, publishes the thread. The first thread came with the worker's start.
      var assigned = worker.pointee.assignment.exchange(WebWorker.nothing, ordering: .acquiring)
      if assigned == WebWorker.nothing && !worker.pointee.isSpare {
        if !addSpare(worker) { return 0 }
        worker.pointee.isSpare = true
        if !Futex.spin(worker.assignmentAddress, while: WebWorker.nothing) {
          _ = weft_futex_wait(
            UnsafeMutableRawPointer(worker).assumingMemoryBound(to: Int32.self), WebWorker.nothing,
            EventLoop.patience.load(ordering: .relaxed))
        }
        assigned = worker.pointee.assignment.exchange(WebWorker.nothing, ordering: .acquiring)
      }
      // JavaScript compares the word once more when it begins to wait: what is assigned from now on is not missed.
      if assigned == WebWorker.nothing { return -1 }
      worker.pointee.isSpare = false
      if assigned != WebWorker.leave { return UnsafeMutableRawPointer(bitPattern: UInt(UInt32(bitPattern: assigned)) &<< 4).forJavaScript }
      // Somebody has taken it out of the spares; there is no more room in them.
      _ = addSpare(worker)
      return 0
    }
  }

  extension UnsafeMutablePointer where Pointee == WebWorker {
    fileprivate var assignmentAddress: UnsafeMutablePointer<Atomic<Int32>> {
      UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
    }

    /// Has the worker run a thread, or leave.
    @inline(never)
    fileprivate func assign(_ thread: UnsafeMutablePointer<ThreadRecord>?) {
      // Release: pairs with the exchange in `next`. Nobody else assigns: the worker is in no list.
      pointee.assignment.store(thread.map { Int32(truncatingIfNeeded: Int(bitPattern: $0) &>> 4) } ?? WebWorker.leave, ordering: .releasing)
      Futex.wake(assignmentAddress)
    }
  }

  /// Ends the workers that wait for a thread, and those that would.
  @export(interface)
  public func endSpareWorkers() { WebWorkers.close() }

  // What JavaScript calls in a worker.

  /// The next thread to run, 0 when the worker is to end, or -1 when there is none yet: then the worker returns to its event loop until
  /// its first word is not 0. Waits a while for it.
  @_expose(wasm, "weft_worker_next")
  @_cdecl("weft_worker_next")
  func nextThread(_ worker: Double) -> Double {
    WebWorkers.next(for: UnsafeMutableRawPointer(fromJavaScript: worker).assumingMemoryBound(to: WebWorker.self))
  }

  /// Where a thread's stack begins.
  @_expose(wasm, "weft_thread_stack")
  @_cdecl("weft_thread_stack")
  func threadStack(_ thread: Double) -> Double {
    UnsafeMutableRawPointer(fromJavaScript: thread).assumingMemoryBound(to: ThreadRecord.self).pointee.stack.end.forJavaScript
  }

  /// Runs a thread's body on its stack, which JavaScript has set up. Returns whether it has only left: then what it waits for stands at
  /// byte 40 of the thread, the address of a word and its value.
  @_expose(wasm, "weft_thread_run")
  @_cdecl("weft_thread_run")
  func runThread(_ thread: Double) -> Bool {
    let thread = UnsafeMutableRawPointer(fromJavaScript: thread).assumingMemoryBound(to: ThreadRecord.self)
    thread.runBody()
    thread.pointee.stack.check()
    return thread.pointee.absence.word != 0
  }

  /// Ends a thread, on the worker's stack: only now nothing runs on its own any more.
  @_expose(wasm, "weft_thread_end")
  @_cdecl("weft_thread_end")
  func endThread(_ thread: Double) {
    let thread = UnsafeMutableRawPointer(fromJavaScript: thread).assumingMemoryBound(to: ThreadRecord.self)
    weft_end_line()
    thread.pointee.stack.free()
    HeapPool.detachHeap()
    thread.finish()
  }

  /// The bytes of a thread's name, 24 at most; behind them, as 32 bits, stands how many they are.
  @_expose(wasm, "weft_thread_name")
  @_cdecl("weft_thread_name")
  func threadName(_ thread: Double) -> Double { thread + 8 }
#endif
