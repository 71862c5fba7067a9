import Synchronization
import WeftPlatform

// How a thread takes and runs other threads' jobs, and waits for its own.
extension UnsafeMutablePointer where Pointee == Worker {
  /// Takes the job in this worker's slot, if there is one. Called by other threads.
  func steal() -> UnsafeMutablePointer<Job>? {
    let address = pointee.slot.load(ordering: .relaxed)
    // Acquire: pairs with the exchange in `publish`. The job at the address may meanwhile be another one than the load saw;
    // the one that is taken is published, and nobody else's.
    guard address != 0,
      pointee.slot.compareExchange(
        expected: address, desired: 0, successOrdering: .acquiring, failureOrdering: .relaxed
      ).exchanged
    else { return nil }
    return UnsafeMutablePointer<Job>(bitPattern: address)
  }

  /// Runs a job that was taken out of another worker's slot.
  func runStolen(_ job: UnsafeMutablePointer<Job>) {
    // Relaxed: a hint for the forker; what it finds through it is checked.
    job.pointee.thief.store(UInt(bitPattern: self), ordering: .relaxed)
    let outerRoot = pointee.root
    pointee.root = job
    job.pointee.body()
    pointee.root = outerRoot
    job.finish(Job.done)
  }

  /// Waits until a job that another thread took is done. Returns false if it was given back, and was not run.
  ///
  /// Meanwhile helps the thief, and only with jobs that were forked inside `job`: these wait for nothing that this thread
  /// holds, save what the program locked around the fork itself, where any schedule would deadlock.
  @inline(never) @usableFromInline
  func wait(for job: UnsafeMutablePointer<Job>) -> Bool {
    let pool = pointee.pool
    pool.pointee.hungry.add(1, ordering: .relaxed)
    var spins = 0
    // Acquire: pairs with the release in `finish`, publishes the job's results.
    while job.pointee.state.load(ordering: .acquiring) == Job.pending {
      if let forked = stealForked(inside: job) {
        pool.pointee.hungry.subtract(1, ordering: .relaxed)
        runStolen(forked)
        pool.pointee.hungry.add(1, ordering: .relaxed)
        spins = 0
      } else if spins < Sleepers.spinLimit {
        backOff(&spins)
      } else {
        // Woken at the end of the job. Looks again now and then: what is forked inside it wakes nobody here.
        Futex.wait(job.stateAddress, while: Job.pending, nanoseconds: 200_000)
        stopIfAnotherThreadFailed()
      }
    }
    pool.pointee.hungry.subtract(1, ordering: .relaxed)
    return job.pointee.state.load(ordering: .relaxed) == Job.done
  }

  private func stealForked(inside job: UnsafeMutablePointer<Job>) -> UnsafeMutablePointer<Job>? {
    guard let thief = UnsafeMutablePointer<Worker>(bitPattern: job.pointee.thief.load(ordering: .relaxed)),
      thief.pointee.slotRoot.load(ordering: .relaxed) == UInt(bitPattern: job),
      let forked = thief.steal()
    else { return nil }
    if forked.pointee.root == job { return forked }
    // Between the two loads the slot got another job, which this thread must not run.
    forked.finish(Job.returned)
    return nil
  }
}
