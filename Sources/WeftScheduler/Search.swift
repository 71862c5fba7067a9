import CWeftPlatform
import Synchronization
import WeftPlatform

/// What a thread without work found.
enum Work {
  case call(UnsafeMutablePointer<Call>)
  case job(UnsafeMutablePointer<Ticket>)
}

/// One thread's search for work, from the moment it has none until it finds some.
///
/// A job is taken only if it has been published for longer than the time between two looks: what is shorter than that is done
/// sooner by the thread that has it, and would be made slower by a thief.
private struct Search {
  let worker: UnsafeMutablePointer<Worker>
  let pool: UnsafeMutablePointer<PoolState>
  /// The worker whose slot was found filled at the last look, and its count of publications.
  var candidate: (worker: UnsafeMutablePointer<Worker>, publications: Int32)?

  init(_ worker: UnsafeMutablePointer<Worker>) {
    self.worker = worker
    pool = worker.pointee.pool
  }

  /// Looks once everywhere: calls first, then the other workers' slots, beginning behind its own.
  mutating func look() -> Work? {
    if let call = pool.pointee.calls.removeFirst() { return .call(call) }
    if let (victim, publications) = candidate {
      candidate = nil
      if victim.pointee.publications.load(ordering: .relaxed) == publications, let ticket = victim.steal() { return .job(ticket) }
    }
    let count = pool.pointee.workerCount
    for offset in 1..<count {
      let index = worker.pointee.index + offset
      let victim = pool.pointee.workers + (index < count ? index : index - count)
      if victim.pointee.slot.load(ordering: .relaxed) != 0 {
        if candidate == nil { candidate = (victim, victim.pointee.publications.load(ordering: .relaxed)) }
      } else if victim.pointee.request.load(ordering: .relaxed) == 0 {
        victim.setRequest(true)
      }
    }
    return nil
  }

  /// The same, and takes any job at once: for the last look before a sleep.
  mutating func lookEagerly() -> Work? {
    if let work = look() { return work }
    guard let victim = candidate?.worker, let ticket = victim.steal() else { return nil }
    return .job(ticket)
  }

  /// Changes whenever somebody publishes something.
  var activity: Int32 {
    var sum: Int32 = 0
    for index in 0..<pool.pointee.workerCount {
      sum &+= (pool.pointee.workers + index).pointee.publications.load(ordering: .relaxed)
    }
    return sum
  }
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// The life of a pool's thread: runs whatever it finds, sleeps when there is nothing, until the pool is stopped.
  ///
  /// It is counted as idle and as searching before it starts.
  func runUntilStopped() {
    let pool = pointee.pool
    while let work = findWork() {
      pool.pointee.idle.subtract(1, ordering: .relaxed)
      // The last one that stops searching wakes the next: what else was published while it searched woke nobody.
      if pool.pointee.sleepers.pointee.searching.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
        pool.pointee.sleepers.wakeOneIfNobodySearches()
      }
      switch work {
      case .call(let call): call.pointee.run()
      case .job(let ticket): runStolen(ticket)
      }
      PlatformThread.checkStack()
      pool.pointee.idle.add(1, ordering: .relaxed)
      pool.pointee.sleepers.pointee.searching.add(1, ordering: .sequentiallyConsistent)
    }
  }

  /// Looks for work until there is some: first in quick succession, then once a tick, and at last asleep until it is woken.
  /// Nil when the pool is stopped.
  private func findWork() -> Work? {
    let pool = pointee.pool
    let sleepers = pool.pointee.sleepers
    var search = Search(self)
    var rounds = 0
    var quietTicks = 0
    var activity = search.activity
    func isStopping() -> Bool { pool.pointee.isStopping.load(ordering: .sequentiallyConsistent) }
    while !isStopping() {
      if let work = search.look() { return work }
      if rounds < Sleepers.spinRounds {
        rounds += 1
        weft_pause_a_while()
        continue
      }
      var found: Work?
      // One thread watches; with a second there is nothing to gain.
      if quietTicks < Sleepers.quietTicks && sleepers.pointee.searching.load(ordering: .relaxed) == 1 {
        sleepers.watch {
          found = search.look()
          return found != nil || isStopping()
        }
        let now = search.activity
        quietTicks = now == activity ? quietTicks + 1 : 0
        activity = now
        rounds = Sleepers.spinRounds - 2
      } else {
        sleepers.sleep {
          found = search.lookEagerly()
          return found != nil || isStopping()
        }
        quietTicks = 0
        rounds = 0
      }
      if let found { return found }
    }
    return nil
  }
}
