import CWeftPlatform
import Synchronization
import WeftPlatform

// How a thread takes and runs other threads' jobs.
extension UnsafeMutablePointer where Pointee == Worker {
  /// Takes the ticket in this worker's slot, if there is one. Called by other threads.
  func steal() -> UnsafeMutablePointer<Ticket>? {
    let address = pointee.slot.load(ordering: .relaxed)
    // Acquire: pairs with the exchange in `publish`. The ticket at the address may meanwhile stand for another job than the
    // load saw; the one that is taken is published, and nobody else's.
    guard address != 0,
      pointee.slot.compareExchange(
        expected: address, desired: 0, successOrdering: .acquiring, failureOrdering: .relaxed
      ).exchanged
    else { return nil }
    // The next fork is to fill the slot again.
    setRequest(true)
    return UnsafeMutablePointer<Ticket>(bitPattern: address)
  }

  /// Runs a job that was taken out of another worker's slot.
  func runStolen(_ ticket: UnsafeMutablePointer<Ticket>) {
    // Relaxed: a hint for the forker; what it finds through it is checked.
    ticket.pointee.thief.store(UInt(bitPattern: self), ordering: .relaxed)
    let outerRoot = pointee.root
    let outerTail = pointee.tail
    pointee.root = ticket.pointee.group
    pointee.tail = nil
    if let loop = ticket.pointee.loop { help(loop) } else { weft_closure_call(ticket.pointee.body) }
    pointee.root = outerRoot
    pointee.tail = outerTail
    ticket.finish(Ticket.done)
  }

  /// Waits until a ticket that another thread took is done. Returns false if it was given back, and was not run.
  ///
  /// Meanwhile runs only jobs that were forked *inside* the awaited one: these wait for nothing that this thread holds, save
  /// what the program locked around the fork itself, where any schedule would deadlock.
  func wait(for ticket: UnsafeMutablePointer<Ticket>) -> Bool {
    var rounds = 0
    // Acquire: pairs with the release in `finish`, publishes the job's results.
    while ticket.pointee.state.load(ordering: .acquiring) < Ticket.done {
      if let inner = stealInside(ticket) {
        runStolen(inner)
        rounds = 0
      } else if rounds < Sleepers.spinRounds * 8 {
        rounds += 1
        weft_pause_shortly()
      } else {
        sleepOn(ticket)
        stopIfAnotherThreadFailed()
      }
    }
    return ticket.pointee.state.load(ordering: .relaxed) == Ticket.done
  }

  /// Sleeps until the ticket is done, but looks for work inside it again now and then: what is forked there wakes nobody here.
  private func sleepOn(_ ticket: UnsafeMutablePointer<Ticket>) {
    // Relaxed: tells the thief only that it has to wake this thread.
    let (_, state) = ticket.pointee.state.compareExchange(
      expected: Ticket.pending, desired: Ticket.awaited, ordering: .relaxed)
    if state < Ticket.done { Futex.wait(ticket.stateAddress, while: Ticket.awaited, nanoseconds: 200_000) }
  }

  /// Takes a ticket that was forked inside an awaited one, and asks the thread that runs it for more.
  private func stealInside(_ awaited: UnsafeMutablePointer<Ticket>) -> UnsafeMutablePointer<Ticket>? {
    let group = awaited.pointee.group
    let pool = pointee.pool
    for index in 0..<pool.pointee.workerCount {
      let victim = pool.pointee.workers + index
      guard victim.pointee.slotRoot.load(ordering: .relaxed) == group, let ticket = victim.steal() else { continue }
      if ticket.pointee.root == group { return ticket }
      // Between the two loads the slot got another ticket, which this thread must not run.
      ticket.finish(Ticket.returned)
    }
    if let thief = UnsafeMutablePointer<Worker>(bitPattern: awaited.pointee.thief.load(ordering: .relaxed)),
      thief.pointee.slot.load(ordering: .relaxed) == 0
    {
      thief.setRequest(true)
    }
    return nil
  }
}
