import CWeftPlatform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether this build can start threads: true natively and in the threaded wasm module.
@inlinable @inline(__always)
public var canStartThreads: Bool {
  #if WEFT_SINGLE
    false
  #else
    true
  #endif
}

/// Whether the running thread may sleep. A page may not.
///
/// On the web a thread that Weft started may, and so may the one that called `init` in a worker or in Node.
@export(interface)
public var currentThreadMayBlock: Bool {
  #if arch(wasm32) || arch(wasm64)
    weft_current_thread() != nil || mainThreadMayBlock
  #else
    true
  #endif
}

/// Gives the processor to another thread, if one is waiting for it.
@export(interface)
public func yieldProcessor() {
  #if arch(wasm32) || arch(wasm64)
    // wasm has no yield. The shortest sleep comes closest; nobody ever changes or wakes this word.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1) { word in
      word.initialize(repeating: 0)
      _ = weft_futex_wait(word.baseAddress, 0, 1)
    }
  #else
    sched_yield()
  #endif
}

/// Sleeps for at least so long. Not allowed on the page.
@export(interface)
public func sleepThread(nanoseconds: UInt64) {
  let word = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
  // Nobody ever changes or wakes it.
  word.initialize(to: Atomic(0))
  let start = monotonicNanoseconds()
  while true {
    let slept = monotonicNanoseconds() &- start
    if slept >= nanoseconds { break }
    Futex.wait(word, while: 0, nanoseconds: Int64(min(nanoseconds - slept, 50_000_000)))
    stopIfAnotherThreadFailed()
  }
  word.deallocate()
}

/// The time since a moment that is the same for all threads, in nanoseconds. In a browser in steps of 5 to 20 µs.
@export(interface)
public func monotonicNanoseconds() -> UInt64 {
  #if arch(wasm32) || arch(wasm64)
    UInt64(weft_now_milliseconds() * 1_000_000)
  #else
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  #endif
}

/// How many threads the machine runs at once.
@export(interface)
public var availableParallelism: Int {
  #if arch(wasm32) || arch(wasm64)
    max(1, startThreadCount)
  #else
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  #endif
}

#if arch(wasm32) || arch(wasm64)
  nonisolated(unsafe) var startThreadCount = 1
  nonisolated(unsafe) var mainThreadMayBlock = false

  /// Tells what only JavaScript knows. Called once, before any other thread exists.
  ///
  /// - Parameters:
  ///   - parallelism: How many threads the machine runs at once, or as many as the user asked for.
  ///   - mainThreadMayBlock: Whether the calling thread may sleep: not on a page.
  ///   - bySuspending: Whether it does so by letting JavaScript go on, as a page may.
  @export(interface)
  public func configurePlatform(parallelism: Int, mainThreadMayBlock mayBlock: Bool, bySuspending: Bool) {
    startThreadCount = parallelism
    mainThreadMayBlock = mayBlock
    if bySuspending { weft_let_main_thread_suspend() }
  }
#endif
