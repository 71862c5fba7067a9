import CWeftPlatform
import Synchronization
import WeftPlatform

// What a worker does with its own jobs. Only the worker's own thread calls these.
extension UnsafeMutablePointer where Pointee == Worker {
  /// Puts a job on the private list, and publishes the oldest if another thread asks for it.
  @inlinable @inline(__always)
  func push(_ job: UnsafeMutablePointer<WeftJob>, at place: UInt) {
    let older = pointee.tail
    job.pointee.previous = UInt(bitPattern: older)
    pointee.tail = job
    // A hint: `request`, a worker's first property.
    if weft_load_hint(self) != 0 { publishOldest() }
    if older != nil {
      let count = pointee.forksUntilTimed &- 1
      pointee.forksUntilTimed = count
      if count < 0 { timeFork(self, job, place) }
    }
  }

  /// Takes a job off the list again, after all that was pushed later, and returns whether it is still this thread's alone.
  /// If not, it has been run when this returns.
  @inlinable @inline(__always)
  func pop(_ job: UnsafeMutablePointer<WeftJob>) -> Bool {
    let previous = job.pointee.previous
    if previous & UInt(weft_job_published | weft_job_timed) != 0 { return popMarked(job) }
    pointee.tail = UnsafeMutablePointer<WeftJob>(bitPattern: previous)
    return true
  }

  @usableFromInline
  func publishOldest() { publishOldestOutOfLine() }

  @usableFromInline
  func popMarked(_ job: UnsafeMutablePointer<WeftJob>) -> Bool { popMarkedOutOfLine(job) }

  /// Moves the oldest private job to the slot, if the slot is empty: the oldest, because it is the largest part of the work.
  // Not compiled again in every module that forks.
  @export(interface) @inline(never)
  func publishOldestOutOfLine() {
    if pointee.guestJob == Worker.nextJob { pointee.guestJob = UInt(bitPattern: pointee.tail) }
    if pointee.slot.load(ordering: .relaxed) != 0 { return setRequest(false) }
    guard var job = pointee.tail, !job.isPublished else { return }
    while let older = job.older, !older.isPublished { job = older }
    publish(job)
  }

  private func publish(_ job: UnsafeMutablePointer<WeftJob>) {
    trace(.fork)
    if job.isTimed { _ = endTiming(job) }
    let ticket = takeTicket()
    ticket.pointee.previous = job.older
    ticket.pointee.body = job.pointee.body
    if job.isLoop {
      // A loop's job is the first of its state's properties.
      let loop = UnsafeMutableRawPointer(job).assumingMemoryBound(to: LoopState.self)
      ticket.pointee.group = UInt(bitPattern: loop.pointee.first)
      job.pointee.previous = UInt(bitPattern: ticket) | UInt(weft_job_loop | weft_job_published)
    } else {
      ticket.pointee.group = UInt(bitPattern: ticket)
      job.pointee.previous = UInt(bitPattern: ticket) | UInt(weft_job_published)
    }
    ticket.pointee.root = pointee.root
    // Relaxed: made visible by the exchange below, as all the rest. Looked at first, because on wasm each store costs as much as
    // that exchange, and they hold these values already if nobody took what was published before.
    if ticket.pointee.state.load(ordering: .relaxed) != Ticket.pending { ticket.pointee.state.store(Ticket.pending, ordering: .relaxed) }
    if ticket.pointee.thief.load(ordering: .relaxed) != 0 { ticket.pointee.thief.store(0, ordering: .relaxed) }
    let root = pointee.root
    if pointee.slotRoot.load(ordering: .relaxed) != root { pointee.slotRoot.store(root, ordering: .relaxed) }
    // Before the exchange: whoever takes the ticket raises it again.
    setRequest(false)
    countPublication()
    // Release: pairs with the acquire of whoever takes the ticket; publishes its fields, the job and what it captures.
    // Sequentially consistent with `Sleepers`: either a thread about to sleep sees the ticket, or this thread sees the sleeper.
    _ = pointee.slot.exchange(UInt(bitPattern: ticket), ordering: .sequentiallyConsistent)
    pointee.pool.pointee.sleepers.wakeOneIfNobodySearches()
  }

  @export(interface) @inline(never)
  func popMarkedOutOfLine(_ job: UnsafeMutablePointer<WeftJob>) -> Bool {
    if job.isTimed {
      if let place = endTiming(job) { expectShortForks(at: place) }
      pointee.tail = job.older
      return true
    }
    let ticket = job.ticket
    pointee.tail = ticket.pointee.previous
    var wasRun = false
    if !takeBack(ticket) {
      wasRun = wait(for: ticket)
      freeTicket(ticket)
    }
    if pointee.guestJob == UInt(bitPattern: job) {
      pointee.guestJob = 0
      Pool.global.leaveAsGuest()
    }
    return !wasRun
  }

  /// Takes a published ticket back out of the slot. Returns false when another thread was faster.
  func takeBack(_ ticket: UnsafeMutablePointer<Ticket>) -> Bool {
    // Relaxed: nobody else has touched the ticket if this succeeds.
    guard
      pointee.slot.compareExchange(
        expected: UInt(bitPattern: ticket), desired: 0, successOrdering: .relaxed, failureOrdering: .relaxed
      ).exchanged
    else { return false }
    freeTicket(ticket)
    // Somebody who has nothing to do has seen the slot filled; the next fork is to fill it again.
    if pointee.pool.pointee.idle.load(ordering: .relaxed) != 0 { setRequest(true) }
    return true
  }

  private func takeTicket() -> UnsafeMutablePointer<Ticket> {
    if let ticket = pointee.freeTickets {
      pointee.freeTickets = ticket.pointee.next
      return ticket
    }
    let ticket = UnsafeMutablePointer<Ticket>.allocate(capacity: 1)
    ticket.initialize(to: Ticket())
    return ticket
  }

  func freeTicket(_ ticket: UnsafeMutablePointer<Ticket>) {
    ticket.pointee.next = pointee.freeTickets
    pointee.freeTickets = ticket
  }
}
