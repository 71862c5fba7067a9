import CWeftPlatform
import Synchronization
import WeftPlatform

/// Stops the program.
@inline(never)
func failThreadCount() -> Never { fail("A pool has from 1 to 1024 threads, those included that have not ended yet") }

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
    if threads < 1 || threads > PoolState.mostThreads { failThreadCount() }
    pointee.lock.lock()
    let wanted = !canStartThreads ? 0 : pointee.callerTakesPart ? threads - 1 : threads
    if pointee.workerCount.load(ordering: .relaxed) == 0 {
      pointee.firstGuest = wanted
      for _ in 0..<wanted + PoolState.guestPlaces { _ = addWorker() }
    }
    // Sequentially consistent: before the last threads are told to leave, so that a call that still reckons with them was
    // handed over before they look for the last time; see `submit`.
    let missing = wanted - pointee.activeCount.exchange(wanted, ordering: .sequentiallyConsistent)
    pointee.threadCount.store(canStartThreads ? threads : 1, ordering: .relaxed)
    if missing > 0 { activate(missing) } else { endLast(-missing) }
    pointee.lock.unlock()
    // Those that are to leave; for all others it does no harm.
    pointee.sleepers.wake(.max)
  }

  /// Keeps threads that were about to leave, and starts others.
  private func activate(_ count: Int) {
    var missing = count
    var index = 0
    while missing > 0 {
      let worker = index < pointee.workerCount.load(ordering: .relaxed) ? pointee.workers[index] : addWorker()
      if !pointee.isGuest(index) {
        let phase = worker.phase
        if phase == Phase.vacant || phase == Phase.leaving {
          worker.setPhase(Phase.active)
          if phase == Phase.vacant { startThread(worker) }
          missing -= 1
        }
      }
      index += 1
    }
  }

  /// Tells so many threads to leave, the last first.
  private func endLast(_ count: Int) {
    var excess = count
    var index = pointee.workerCount.load(ordering: .relaxed)
    while excess > 0 {
      index -= 1
      let worker = pointee.workers[index]
      if !pointee.isGuest(index) && worker.phase == Phase.active {
        worker.setPhase(Phase.leaving)
        excess -= 1
      }
    }
  }

  private func startThread(_ worker: UnsafeMutablePointer<Worker>) {
    // Relaxed: `waitForThreads` comes after this on the same thread, or is told of the pool by it.
    pointee.alive.add(1, ordering: .relaxed)
    pointee.idle.add(1, ordering: .relaxed)
    let index = worker.pointee.index
    var name: ThreadName = "weft"
    if pointee.number > 0 { name.append("-pool-", number: pointee.number) }
    name.append("-", number: index < pointee.firstGuest ? index + 1 : index - PoolState.guestPlaces + 1)
    // Holds: the worker stays until all threads have ended, and changes as described in `Worker`.
    nonisolated(unsafe) let worker = worker
    PlatformThread.start(name: name, stackSize: pointee.stackSize) {
      weft_set_current_worker(worker)
      let sleepers = worker.pointee.pool.pointee.sleepers
      if EventLoop.hasReturned() {
        sleepers.wakeUp()
      } else {
        // Only now: others rely on it that a searching thread will find what they publish.
        sleepers.pointee.searching.add(1, ordering: .sequentiallyConsistent)
      }
      if !worker.runUntilStopped() { return }
      weft_set_current_worker(nil)
      worker.leavePool()
    }.detach()
  }

  /// The structure's first property, at its address: it may be gone when those who wait for it are woken.
  fileprivate var alive: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }

  /// Waits until all threads have ended, after `stop`.
  func waitForThreads() {
    let alive = self.alive
    var wait = BlockedWait(for: "the end of a pool's threads")
    while true {
      // Acquire: pairs with the release in `leavePool`; afterwards the memory may be freed.
      let count = alive.pointee.load(ordering: .acquiring)
      if count == 0 { return }
      wait.sleep(alive, while: count)
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
  @inline(never)
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
    // Who waits for the pool to get smaller finds it smaller in the list of threads, too.
    PlatformThread.leaveList()
    // Afterwards another thread may have this worker; publishes how this one left it.
    setPhase(Phase.vacant)
    let alive = pool.alive
    alive.pointee.subtract(1, ordering: .releasing)
    // Waking an address that nobody waits on any more does no harm.
    Futex.wake(alive, .max)
  }
}
