import CWeftPlatform
import Synchronization
import WeftPlatform

/// Whether a worker has a thread.
///
/// `active` and `leaving` are exchanged for one another by `resize`, and `leaving` for `left` by the thread itself, all under
/// the pool's lock; `left` becomes `vacant` when the thread uses its worker no more.
enum Phase {
  static let vacant: Int32 = 0
  static let active: Int32 = 1
  /// The thread is to end when it has nothing to do.
  static let leaving: Int32 = 2
  static let left: Int32 = 3
}

extension UnsafeMutablePointer where Pointee == PoolState {
  /// Makes it so many threads that work at once, the caller included if it takes part.
  @export(interface)
  func resize(threads: Int) {
    if threads < 1 || threads > PoolState.mostThreads { fail("A pool has from 1 to 1024 threads") }
    pointee.lock.lock()
    let wanted = !canStartThreads ? 0 : pointee.callerTakesPart ? threads - 1 : threads
    if pointee.workerCount.load(ordering: .relaxed) == 0 { addFirstWorkers(wanted) }
    // Sequentially consistent: before the last threads are told to leave, so that a call that still reckons with them was
    // handed over before they look for the last time; see `submit`.
    pointee.activeCount.store(wanted, ordering: .sequentiallyConsistent)
    pointee.threadCount.store(threads, ordering: .relaxed)
    let excess = setActive(wanted)
    pointee.lock.unlock()
    if excess > 0 { pointee.sleepers.wake(.max) }
  }

  private func addFirstWorkers(_ count: Int) {
    pointee.firstGuest = count
    for _ in 0..<count + PoolState.guestPlaces { _ = addWorker() }
  }

  /// Starts threads or tells some to leave, the last first, until `wanted` are active. Returns how many were told to leave.
  private func setActive(_ wanted: Int) -> Int {
    var active = 0
    forEachWorker { if $0.phase == Phase.active { active += 1 } }
    // Those that are about to leave stay.
    forEachWorker { worker in
      if active < wanted && worker.phase == Phase.leaving {
        worker.setPhase(Phase.active)
        active += 1
      }
    }
    forEachWorker { worker in
      if active < wanted && worker.phase == Phase.vacant {
        startThread(worker)
        active += 1
      }
    }
    while active < wanted && pointee.workerCount.load(ordering: .relaxed) < PoolState.mostThreads + PoolState.guestPlaces {
      startThread(addWorker())
      active += 1
    }
    if active < wanted { fail("The pool has no place for so many threads before those that were ended have left") }
    let excess = active - wanted
    var index = pointee.workerCount.load(ordering: .relaxed)
    while active > wanted {
      index -= 1
      let worker = pointee.workers[index]
      if !pointee.isGuest(index) && worker.phase == Phase.active {
        worker.setPhase(Phase.leaving)
        active -= 1
      }
    }
    return excess
  }

  private func forEachWorker(_ body: (UnsafeMutablePointer<Worker>) -> Void) {
    for index in 0..<pointee.workerCount.load(ordering: .relaxed) where !pointee.isGuest(index) { body(pointee.workers[index]) }
  }

  private func startThread(_ worker: UnsafeMutablePointer<Worker>) {
    worker.setPhase(Phase.active)
    // Relaxed: `waitForThreads` comes after this on the same thread, or is told of the pool by it.
    pointee.alive.add(1, ordering: .relaxed)
    pointee.idle.add(1, ordering: .relaxed)
    // A thread that is about to start will look for work.
    pointee.sleepers.pointee.searching.add(1, ordering: .sequentiallyConsistent)
    let index = worker.pointee.index
    let number = index < pointee.firstGuest ? index + 1 : index - PoolState.guestPlaces + 1
    // Holds: the worker stays until all threads have ended, and changes as described in `Worker`.
    nonisolated(unsafe) let worker = worker
    PlatformThread.start(name: ThreadName("weft-", number: number), stackSize: pointee.stackSize) {
      weft_set_current_worker(worker)
      worker.runUntilStopped()
      weft_set_current_worker(nil)
      worker.leavePool()
    }.detach()
  }

  /// Waits until all threads have ended, after `stop`.
  func waitForThreads() {
    let alive = UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
    while true {
      // Acquire: pairs with the release in `leavePool`; afterwards the memory may be freed.
      let count = alive.pointee.load(ordering: .acquiring)
      if count == 0 { return }
      Futex.wait(alive, while: count, nanoseconds: 50_000_000)
      stopIfAnotherThreadFailed()
    }
  }
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// Sequentially consistent with `Sleepers`: a thread about to sleep sees that it is to leave, or is woken.
  fileprivate var phase: Int32 { pointee.phase.load(ordering: .sequentiallyConsistent) }

  fileprivate func setPhase(_ phase: Int32) { pointee.phase.store(phase, ordering: .sequentiallyConsistent) }

  /// Whether a thread may still be reached through this worker. To be asked under the pool's lock.
  var hasThread: Bool { phase == Phase.active || phase == Phase.leaving }

  /// Whether `resize` has told the thread to leave.
  var isToLeave: Bool { phase == Phase.leaving }

  /// Leaves, unless `resize` has thought better of it. Then nobody sends broadcasts here any more.
  func tryToLeave() -> Bool {
    let pool = pointee.pool
    pool.pointee.lock.lock()
    let leaves = isToLeave
    if leaves { setPhase(Phase.left) }
    pool.pointee.lock.unlock()
    if leaves { runBroadcasts() }
    return leaves
  }

  /// The last that a thread does with its pool, which may be freed at once.
  fileprivate func leavePool() {
    let pool = pointee.pool
    // Afterwards another thread may have this worker; publishes how this one left it.
    setPhase(Phase.vacant)
    let alive = UnsafeMutableRawPointer(pool).assumingMemoryBound(to: Atomic<Int32>.self)
    alive.pointee.subtract(1, ordering: .releasing)
    // Waking an address that nobody waits on any more does no harm.
    Futex.wake(alive, .max)
  }
}
