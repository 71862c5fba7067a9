#if arch(wasm32) || arch(wasm64)
  import Synchronization
  import WeftPlatform
  import WeftScheduler

  // What the JavaScript runtime calls.

  /// Out of line: the look whether it is there already would stand in each of these functions.
  private var globalPool: Pool {
    @inline(never) get { Pool.global }
  }

  /// Starts the pool. Called once, by the instance that JavaScript made first.
  ///
  /// - Parameters:
  ///   - threads: How many threads are to work at once.
  ///   - mayBlock: Whether the calling thread may sleep, and so takes part in the work: 1, or 2 if it does so by suspending, or 0.
  ///   - stackSize: Bytes for each started thread.
  @_expose(wasm, "weft_start")
  @_cdecl("weft_start")
  func start(_ threads: Int32, _ mayBlock: Int32, _ stackSize: Int32) {
    configurePlatform(parallelism: Int(threads), mainThreadMayBlock: mayBlock != 0, bySuspending: mayBlock == 2)
    Pool.startGlobal(stackSize: Int(stackSize))
    if mayBlock != 0 { globalPool.enter() }
  }

  /// Asks the pool's threads to end, and the workers that wait for a thread.
  @_expose(wasm, "weft_stop")
  @_cdecl("weft_stop")
  func stop() {
    globalPool.stop()
    endSpareWorkers()
  }

  /// How many threads work at once, the caller included if it takes part.
  @_expose(wasm, "weft_thread_count")
  @_cdecl("weft_thread_count")
  func threadCount() -> Int32 { Int32(truncatingIfNeeded: globalPool.threadCount) }

  /// Wakes the pool's threads, to see that JavaScript has sent something.
  @_expose(wasm, "weft_wake")
  @_cdecl("weft_wake")
  func wake() { globalPool.wake() }

  @_expose(wasm, "weft_resize")
  @_cdecl("weft_resize")
  func resize(_ threads: Int32) { globalPool.resize(threads: Int(threads)) }

  /// How many threads the pool has started that have not ended.
  @_expose(wasm, "weft_running_threads")
  @_cdecl("weft_running_threads")
  func runningThreads() -> Int32 { Int32(truncatingIfNeeded: globalPool.runningThreadCount) }

  /// A call that a page waits for.
  struct PageCall: ~Copyable {
    /// 1 when the call is done. First, because JavaScript waits on it by the address of the whole.
    let isDone = Atomic<Int32>(0)
    let function: @convention(c) (UnsafeMutableRawPointer) -> Void
    let frame: UnsafeMutableRawPointer
    let call: UnsafeMutablePointer<Call>
  }

  /// Hands a call to the pool, and returns the address that JavaScript waits on and later frees.
  ///
  /// - Parameters:
  ///   - function: The thunk's index in the function table.
  ///   - frame: The call's arguments, and afterwards its result.
  @_expose(wasm, "weft_submit")
  @_cdecl("weft_submit")
  func submit(_ function: Int32, _ frame: Double) -> Double {
    let page = UnsafeMutablePointer<PageCall>.allocate(capacity: 1)
    let call = UnsafeMutablePointer<Call>.allocate(capacity: 1)
    call.initialize(to: Call(runPageCall, UnsafeMutableRawPointer(page)))
    // A pointer to a C function is its index in the table on wasm.
    let function = unsafeBitCast(Int(function), to: (@convention(c) (UnsafeMutableRawPointer) -> Void).self)
    page.initialize(to: PageCall(function: function, frame: UnsafeMutableRawPointer(fromJavaScript: frame), call: call))
    globalPool.submit(call)
    return UnsafeMutableRawPointer(page).forJavaScript
  }

  private func runPageCall(_ argument: UnsafeMutableRawPointer) {
    let page = argument.assumingMemoryBound(to: PageCall.self)
    page.pointee.call.deallocate()
    page.pointee.function(page.pointee.frame)
    // What it has done is worth nothing if it has written into others' memory.
    PlatformThread.checkStack()
    let isDone = argument.assumingMemoryBound(to: Atomic<Int32>.self)
    // Release: pairs with `Atomics.load` in JavaScript, publishes the result. Afterwards JavaScript may free the call; waking
    // an address that nobody waits on any more does no harm.
    isDone.pointee.store(1, ordering: .releasing)
    Futex.wake(isDone, .max)
  }
#endif
