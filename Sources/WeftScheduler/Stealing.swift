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

  /// Calls `body`, whose forks belong to the group. Jobs that were forked outside are no part of it: a wait in `body` must not
  /// run them.
  @inline(__always)
  func inGroup(_ group: UInt, _ body: () -> Void) {
    let outerRoot = pointee.root
    let outerTail = pointee.tail
    pointee.root = group
    pointee.tail = nil
    body()
    pointee.root = outerRoot
    pointee.tail = outerTail
  }

  /// Runs a job that was taken out of another worker's slot.
  @inline(never)
  func runStolen(_ ticket: UnsafeMutablePointer<Ticket>) {
    // Relaxed: a hint for the forker; what it finds through it is checked.
    ticket.pointee.thief.store(UInt(bitPattern: self), ordering: .relaxed)
    trace(.steal)
    let start = traceTime
    inGroup(ticket.pointee.group) { weft_closure_call(ticket.pointee.body) }
    trace(.run, since: start)
    ticket.finish(Ticket.done)
  }

  /// Waits until a ticket that another thread took is done. Returns false if it was given back, and was not run.
  @inline(never)
  func wait(for ticket: UnsafeMutablePointer<Ticket>) -> Bool {
    let group = ticket.pointee.group
    return withUnsafePointer(to: ticket.pointee.thief) { thief in
      var waiting = Waiting(self, group: group, thief: thief)
      // Acquire: pairs with the release in `finish`, publishes the job's results.
      while ticket.pointee.state.load(ordering: .acquiring) < Ticket.done {
        waiting.step {
          // Relaxed: tells the thief only that it has to wake this thread.
          let (_, state) = ticket.pointee.state.compareExchange(
            expected: Ticket.pending, desired: Ticket.awaited, ordering: .relaxed)
          return state < Ticket.done ? (ticket.stateAddress, Ticket.awaited) : nil
        }
      }
      return ticket.pointee.state.load(ordering: .relaxed) == Ticket.done
    }
  }

  /// Takes a ticket that was forked inside a group.
  @inline(never)
  func stealInside(_ group: UInt) -> UnsafeMutablePointer<Ticket>? {
    let pool = pointee.pool
    for index in 0..<pool.pointee.knownWorkers {
      let victim = pool.pointee.workers[index]
      guard victim.pointee.slotRoot.load(ordering: .relaxed) == group, let ticket = victim.steal() else { continue }
      if ticket.pointee.root == group { return ticket }
      // Between the two loads the slot got another ticket, which this thread must not run.
      ticket.finish(Ticket.returned)
    }
    return nil
  }
}
