import CWeftPlatform
import Synchronization
import WeftPlatform
import WeftThreads

/// A set of threads with one scheduler.
public struct Pool: Sendable {
  // Safe to share: what changes in it is atomic, or belongs to one worker.
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
    if threads < 1 { fail("A pool needs at least 1 thread") }
    let started = canStartThreads ? (callerTakesPart ? threads - 1 : threads) : 0
    state = .allocate(capacity: 1)
    state.initialize(to: PoolState(threadCount: threads, started: started))
    state.start(stackSize: stackSize)
  }

  init(state: UnsafeMutablePointer<PoolState>) { self.state = state }

  /// How many threads work at once.
  public var threadCount: Int { state.pointee.threadCount }

  /// The index of the running thread in its pool, different for any two threads of a pool that run at the same time; nil on a
  /// thread that is in no pool. The threads that a pool started come first, from 0.
  public static var currentThreadIndex: Int? { Worker.current?.pointee.index }

  /// Hands a call to the pool. Returns at once; allowed on the page.
  @export(interface)
  public func submit(_ call: UnsafeMutablePointer<Call>) {
    state.pointee.calls.append(call)
    state.pointee.sleepers.wakeOneUnlessAwake()
  }

  /// Ends the threads when they have finished what they run. Returns at once; calls that no thread has taken never run.
  @export(interface)
  public func stop() {
    state.pointee.isStopping.store(true, ordering: .sequentiallyConsistent)
    state.pointee.sleepers.wake(.max)
  }

  /// Ends the pool: its threads finish what they run, what nobody has begun never runs, and all its memory is freed.
  ///
  /// Call it once, on a thread that is not the pool's and may block, when nobody uses the pool any more.
  @export(interface)
  public func shutdown() {
    if Worker.current?.pointee.pool == state { fail("A pool cannot be shut down by one of its own threads") }
    stop()
    join()
  }

  /// Waits until the threads have ended, after `stop`, and frees what the pool had. Nobody may use it afterwards.
  func join() {
    for index in 0..<state.pointee.startedCount { state.pointee.threads[index].join() }
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

/// What the threads of a pool share.
@usableFromInline
struct PoolState: ~Copyable {
  /// Threads that have nothing to do. Relaxed everywhere: a hint, which publishes nothing.
  let idle: Atomic<Int>
  /// Sequentially consistent, as all that `Sleepers` orders: a thread about to sleep sees it, or is woken by `stop`.
  let isStopping = Atomic<Bool>(false)
  /// Whether the threads record what they do. Relaxed: each thread's record is its own.
  let isTraced = Atomic<Bool>(false)
  let threadCount: Int
  let workers: UnsafeMutablePointer<Worker>
  /// Started threads come first, then the places of guests.
  let startedCount: Int
  let workerCount: Int
  /// A bit for each guest's place that is taken.
  let guests = Atomic<UInt32>(0)
  let sleepers: UnsafeMutablePointer<Sleepers>
  let calls = CallQueue()
  /// As many as were started. Behind a pointer, because the first threads run while the last ones are started.
  let threads: UnsafeMutablePointer<Thread>

  static let guestPlaces = 8

  init(threadCount: Int, started: Int) {
    self.threadCount = threadCount
    startedCount = started
    // A thread that is about to start will look for work.
    idle = Atomic(started)
    workerCount = started + PoolState.guestPlaces
    workers = .allocate(capacity: workerCount)
    sleepers = .allocate(capacity: 1)
    sleepers.initialize(to: Sleepers(searching: started))
    threads = .allocate(capacity: started)
  }

  deinit {
    workers.deinitialize(count: workerCount)
    workers.deallocate()
    sleepers.deinitialize(count: 1)
    sleepers.deallocate()
    threads.deinitialize(count: startedCount)
    threads.deallocate()
  }
}

extension UnsafeMutablePointer where Pointee == PoolState {
  @export(interface)
  func start(stackSize: Int) {
    for index in 0..<pointee.workerCount {
      (pointee.workers + index).initialize(to: Worker(pool: self, index: index))
    }
    for index in 0..<pointee.startedCount {
      nonisolated(unsafe) let worker = pointee.workers + index
      (pointee.threads + index).initialize(
        to: Thread.spawn(name: ThreadName("weft-", number: index + 1), stackSize: stackSize) {
          weft_set_current_worker(worker)
          worker.runUntilStopped()
          weft_set_current_worker(nil)
        })
    }
  }

  @export(interface)
  func takeGuestPlace() -> UnsafeMutablePointer<Worker>? {
    var taken = pointee.guests.load(ordering: .relaxed)
    while true {
      let place = (~taken).trailingZeroBitCount
      guard place < PoolState.guestPlaces else { return nil }
      // Acquire: pairs with the release in `leaveGuestPlace`; the worker comes as the last guest left it.
      let (done, current) = pointee.guests.compareExchange(
        expected: taken, desired: taken | 1 << UInt32(place), successOrdering: .acquiring, failureOrdering: .relaxed)
      if done { return pointee.workers + (pointee.startedCount + place) }
      taken = current
    }
  }

  @export(interface)
  func leaveGuestPlace(_ worker: UnsafeMutablePointer<Worker>) {
    let place = worker.pointee.index - pointee.startedCount
    pointee.guests.bitwiseAnd(~(1 << UInt32(place)), ordering: .releasing)
  }
}
