import CWeftPlatform
import Synchronization
import WeftPlatform

/// What a thread without work found.
enum Work {
  case call(UnsafeMutablePointer<Call>)
  case job(UnsafeMutablePointer<Ticket>)
  /// Nothing for so long that the thread leaves Swift until it is woken.
  case none
}

/// One thread's search for work, from the moment it has none until it finds some.
///
/// A job is taken only when it has been published for a while: what is shorter is done sooner by the thread that has it, and
/// would be made slower by a thief. A thread that has just finished a stolen job is in the middle of something larger, and
/// does not wait so long.
private struct Search {
  let worker: UnsafeMutablePointer<Worker>
  let pool: UnsafeMutablePointer<PoolState>
  /// A worker whose slot was found filled, its count of publications then, and how many looks ago that was.
  var candidate: (worker: UnsafeMutablePointer<Worker>, publications: Int32, looks: Int)?
  private var looks = 0
  /// Changes between two looks whenever somebody publishes something.
  private(set) var activity: Int32 = 0

  init(_ worker: UnsafeMutablePointer<Worker>) {
    self.worker = worker
    pool = worker.pointee.pool
  }

  /// The number of looks, some two microseconds apart, after which a job is old enough to be taken.
  static let patience = 10
  /// A thread is eager for so many looks after it has finished something.
  private static let eagerLooks = 25

  /// Looks once everywhere: calls first, then the other workers' slots, beginning behind its own.
  /// - Parameter isLast: Whether a sleep follows: afterwards nobody may ask for what is not offered.
  @inline(never)
  mutating func look(isLast: Bool = false) -> Work? {
    worker.runBroadcasts()
    if let call = pool.pointee.calls.removeFirst() { return .call(call) }
    looks += 1
    if var seen = candidate {
      candidate = nil
      if seen.worker.pointee.publications.load(ordering: .relaxed) == seen.publications {
        seen.looks += 1
        if seen.looks < (looks <= Search.eagerLooks ? 1 : Search.patience) {
          candidate = seen
        } else if let ticket = seen.worker.steal() {
          return .job(ticket)
        }
      }
    }
    let count = pool.pointee.knownWorkers
    activity = 0
    for offset in 1..<count {
      let index = worker.pointee.index + offset
      let victim = pool.pointee.workers[index < count ? index : index - count]
      // Sequentially consistent; see `expectShortForks`.
      if isLast { victim.pointee.shortForks.store(UInt(weft_no_short_forks), ordering: .sequentiallyConsistent) }
      let publications = victim.pointee.publications.load(ordering: .relaxed)
      activity &+= publications
      // Before a sleep sequentially consistent; see `Sleepers.sleep`.
      let ticket = isLast ? victim.pointee.slot.load(ordering: .sequentiallyConsistent) : victim.pointee.slot.load(ordering: .relaxed)
      if ticket != 0 {
        if candidate == nil { candidate = (victim, publications, 0) }
      } else {
        victim.ask()
      }
    }
    return nil
  }

  /// The same, and takes any job at once: for the last look before a sleep.
  mutating func lookEagerly() -> Work? {
    if let work = look(isLast: true) { return work }
    guard let victim = candidate?.worker, let ticket = victim.steal() else { return nil }
    return .job(ticket)
  }
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// The life of a pool's thread: runs whatever it finds, sleeps when there is nothing, until the pool is stopped or gets
  /// smaller.
  ///
  /// It is counted as idle and as searching before it starts. Returns false if the thread is to leave Swift and to come again: it is
  /// counted as idle and as sleeping then.
  func runUntilStopped() -> Bool {
    let pool = pointee.pool
    while let work = findWork() {
      if case .none = work { return false }
      stopSearching()
      switch work {
      case .call(let call):
        let start = traceTime
        call.pointee.run()
        trace(.call, since: start)
      case .job(let ticket): runStolen(ticket)
      case .none: break
      }
      PlatformThread.checkStack()
      pool.pointee.idle.add(1, ordering: .relaxed)
      pool.pointee.sleepers.pointee.searching.add(1, ordering: .sequentiallyConsistent)
    }
    stopSearching()
    return true
  }

  private var isStopping: Bool { pointee.pool.pointee.isStopping.load(ordering: .sequentiallyConsistent) }

  /// Whether there is a reason not to sleep.
  private var isCalled: Bool {
    @inline(never) get { isStopping || hasLetters || isToLeave }
  }

  @inline(never)
  private func stopSearching() {
    let pool = pointee.pool
    pool.pointee.idle.subtract(1, ordering: .relaxed)
    // The last one that stops searching wakes the next: what else was published while it searched woke nobody.
    if pool.pointee.sleepers.pointee.searching.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
      pool.pointee.sleepers.wakeOneIfNobodySearches()
    }
  }

  /// Looks for work until there is some: first in quick succession, then once a tick, and at last asleep until it is woken.
  /// Nil when the thread is to end.
  private func findWork() -> Work? {
    let pool = pointee.pool
    let sleepers = pool.pointee.sleepers
    var search = Search(self)
    var rounds = 0
    var quietTicks = 0
    var activity = search.activity
    while !isStopping {
      // Seen before the look: what was handed over before the pool got smaller is not left lying.
      let leaves = isToLeave
      if let work = search.look() { return work }
      if leaves && tryToLeave() { return nil }
      if rounds < Sleepers.spinRounds {
        rounds += 1
        weft_pause_a_while()
        continue
      }
      var found: Work?
      let start = traceTime
      // One thread watches; with a second there is nothing to gain.
      if quietTicks < Sleepers.lastTick && sleepers.pointee.searching.load(ordering: .relaxed) == 1 {
        sleepers.watch(for: quietTicks < Sleepers.quietTicks ? Sleepers.tick : Sleepers.longTick) {
          found = search.look()
          return found != nil || isCalled
        }
        let now = search.activity
        quietTicks = now == activity ? quietTicks + 1 : 0
        activity = now
        // With a candidate the next looks follow quickly.
        rounds = search.candidate == nil ? Sleepers.spinRounds : Sleepers.spinRounds - Search.patience
      } else {
        let isAwake = sleepers.sleep {
          found = search.lookEagerly()
          return found != nil || isCalled
        }
        if !isAwake { found = Work.none }
        quietTicks = 0
        rounds = 0
      }
      trace(.sleep, since: start)
      if let found { return found }
    }
    return nil
  }
}
