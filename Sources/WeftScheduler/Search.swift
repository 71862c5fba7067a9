import Synchronization
import WeftPlatform

/// What a thread without work found.
enum Work {
  case call(UnsafeMutablePointer<Call>)
  case job(UnsafeMutablePointer<Job>)
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// The life of a pool's thread: runs whatever it finds, sleeps when there is nothing, until the pool is stopped.
  ///
  /// It is counted as hungry and as searching before it starts.
  func runUntilStopped() {
    let pool = pointee.pool
    while let work = findWork() {
      pool.pointee.hungry.subtract(1, ordering: .relaxed)
      // The last one that stops searching wakes the next: what else was published while it searched woke nobody.
      if pool.pointee.sleepers.pointee.searching.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
        pool.pointee.sleepers.wakeOneIfNobodySearches()
      }
      switch work {
      case .call(let call): call.pointee.run()
      case .job(let job): runStolen(job)
      }
      PlatformThread.checkStack()
      pool.pointee.hungry.add(1, ordering: .relaxed)
      pool.pointee.sleepers.pointee.searching.add(1, ordering: .sequentiallyConsistent)
    }
  }

  /// Looks for work, and sleeps, until there is some. Nil when the pool is stopped.
  private func findWork() -> Work? {
    let pool = pointee.pool
    var spins = 0
    while !pool.pointee.isStopping.load(ordering: .sequentiallyConsistent) {
      if let work = look() { return work }
      if spins < Sleepers.spinLimit {
        backOff(&spins)
      } else {
        var found: Work?
        pool.pointee.sleepers.sleep {
          found = look()
          return found != nil || pool.pointee.isStopping.load(ordering: .sequentiallyConsistent)
        }
        if let found { return found }
        spins = 0
      }
    }
    return nil
  }

  /// Looks once everywhere: calls first, then the other workers' slots, beginning behind its own.
  private func look() -> Work? {
    let pool = pointee.pool
    if let call = pool.pointee.calls.removeFirst() { return .call(call) }
    let count = pool.pointee.workerCount
    for offset in 1..<count {
      let index = pointee.index + offset
      let victim = pool.pointee.workers + (index < count ? index : index - count)
      if let job = victim.steal() { return .job(job) }
    }
    return nil
  }
}
