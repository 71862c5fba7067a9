import CWeftPlatform
import Synchronization
import WeftPlatform

/// A set of threads with one scheduler.
///
///     let pool = Pool(threads: 2)
///     let total = pool.install { numbers.parallel.sum() }
///     pool.shutdown()
///
/// Most programs need none but ``global``, which everything uses. Thread-safe; copies are the same pool.
public struct Pool: Sendable {
  // Safe to share: what changes in it is atomic, guarded, or belongs to one worker.
  nonisolated(unsafe) let state: UnsafeMutablePointer<PoolState>

  /// The pool that everything uses: as many threads as the machine runs at once, or as `init` was told in JavaScript. Its
  /// first use starts it.
  public static let global = Pool(
    threads: availableParallelism, callerTakesPart: currentThreadMayBlock, stackSize: globalStackSize)

  /// Starts the global pool now, with stacks of `stackSize` bytes. Before that nobody may have used it.
  @export(interface)
  public static func startGlobal(stackSize: Int) {
    globalStackSize = stackSize
    _ = global
  }

  /// Written before the only read, by `startGlobal` if at all.
  nonisolated(unsafe) private static var globalStackSize = 1 << 20

  /// Makes the calling thread one of the pool's until it ends, so that each of its calls finds it ready.
  @export(interface)
  public func enter() {
    guard let worker = state.takeGuestPlace() else { fail("All guests' places of the pool are taken") }
    weft_set_current_worker(worker)
  }

  /// Starts a pool of its own, beside the global one. End it with ``shutdown()``.
  ///
  /// - Parameters:
  ///   - threads: How many threads it starts; at least 1. In the single-threaded build none: the callers do the work.
  ///   - stackSize: Bytes for each thread.
  public init(threads: Int, stackSize: Int = 1 << 20) {
    self.init(threads: threads, callerTakesPart: false, stackSize: stackSize)
  }

  /// Starts a pool; one thread fewer if the thread that calls into it takes part in the work.
  @export(interface)
  init(threads: Int, callerTakesPart: Bool, stackSize: Int) {
    state = .allocate(capacity: 1)
    state.initialize(to: PoolState(callerTakesPart: callerTakesPart, stackSize: stackSize))
    state.resize(threads: threads)
  }

  init(state: UnsafeMutablePointer<PoolState>) { self.state = state }

  /// How many threads work at once.
  public var threadCount: Int { state.pointee.threadCount.load(ordering: .relaxed) }

  /// Changes how many threads work at once, also while they work. Returns at once: new threads start, and those that are too
  /// many end when they have finished what they run. Nothing that was begun or spawned is lost. Thread-safe; allowed on the page.
  ///
  /// The single-threaded build goes on without threads.
  /// - Parameter threads: From 1 to 1024.
  public func resize(threads: Int) { state.resize(threads: threads) }

  /// How many threads run that the pool has started: those that `resize` has ended are counted until they have.
  public var runningThreadCount: Int { Int(state.pointee.alive.load(ordering: .relaxed)) }

  /// The index of the running thread in its pool, different for any two threads of a pool that run at the same time; nil on a
  /// thread that is in no pool. As long as a pool is not resized, the threads that it started come first, from 0.
  public static var currentThreadIndex: Int? { Worker.current?.pointee.index }

  /// Hands a call to the pool. Returns at once; allowed on the page.
  @export(interface)
  public func submit(_ call: UnsafeMutablePointer<Call>) {
    state.pointee.calls.append(call)
    // Sequentially consistent with the last thread's end in `resize`: it sees the call, or this thread sees that it ends.
    if state.pointee.activeCount.load(ordering: .sequentiallyConsistent) == 0 {
      while let call = state.pointee.calls.removeFirst() { call.pointee.run() }
    } else {
      state.pointee.sleepers.wakeOneUnlessAwake()
    }
  }

  /// Has all threads that sleep look whether there is something to do.
  @export(interface)
  public func wake() { state.pointee.sleepers.wake(.max) }

  /// Ends the threads when they have finished what they run. Returns at once; calls that no thread has taken never run.
  @export(interface)
  public func stop() {
    state.pointee.isStopping.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  /// Ends the pool: its threads finish what they run, what nobody has begun never runs, and all its memory is freed.
  ///
  /// Call it once, on a thread that is not the pool's and may block, when nobody uses the pool any more.
  @export(interface)
  public func shutdown() {
    if Worker.current?.pointee.pool == state { fail("A pool cannot be shut down by one of its own threads") }
    stop()
    state.waitForThreads()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Makes the calling thread, which is in no pool, one of this pool's, if there is a place left. `leaveAsGuest` must follow.
  @usableFromInline
  func enterAsGuest() -> UnsafeMutablePointer<Worker>? {
    guard let worker = state.takeGuestPlace() else { return nil }
    weft_set_current_worker(worker)
    return worker
  }

  @usableFromInline
  func leaveAsGuest() {
    guard let worker = Worker.current else { return }
    weft_set_current_worker(nil)
    state.leaveGuestPlace(worker)
  }
}
