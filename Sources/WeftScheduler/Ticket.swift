import CWeftPlatform
import Synchronization
import WeftPlatform

/// A published job: what a thread that takes it needs to know, and how its forker learns of its end.
///
/// Tickets belong to the worker that publishes, which uses them again; their memory stays until the pool is gone.
struct Ticket: ~Copyable {
  /// First, so that its address is the ticket's.
  let state = Atomic<Int32>(Ticket.pending)
  var body = WeftClosure()
  /// What the jobs forked inside carry as their `root`: the ticket itself, or the loop's first state.
  var group: UInt = 0
  /// The group inside which it was forked; 0 outside of any.
  var root: UInt = 0
  /// The worker that took it, so that its forker can ask it for work.
  let thief = Atomic<UInt>(0)
  /// The older job of the forker.
  var previous: UnsafeMutablePointer<WeftJob>?
  /// The next in the worker's list of free tickets, or in a loop's list of stolen ones.
  var next: UnsafeMutablePointer<Ticket>?

  static let pending: Int32 = 0
  /// Pending, and the forker sleeps on it.
  static let awaited: Int32 = 1
  static let done: Int32 = 2
  /// Taken by a thread that must not run it, and given back to its forker.
  static let returned: Int32 = 3

  init() {}
}

extension UnsafeMutablePointer where Pointee == Ticket {
  /// Tells the forker, which may be asleep. Afterwards the ticket is the forker's again.
  func finish(_ state: Int32) {
    // Release: pairs with the acquire in `Worker.wait`, publishes the job's results.
    if pointee.state.exchange(state, ordering: .releasing) == Ticket.awaited { Futex.wake(stateAddress, .max) }
  }

  var stateAddress: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }
}

extension UnsafeMutablePointer where Pointee == WeftJob {
  var isPublished: Bool { pointee.previous & UInt(weft_job_published) != 0 }
  var isLoop: Bool { pointee.previous & UInt(weft_job_loop) != 0 }

  var isTimed: Bool { pointee.previous & UInt(weft_job_timed) != 0 }

  private var address: UInt { pointee.previous & ~UInt(weft_job_published | weft_job_loop | weft_job_timed) }

  /// The older job of the same thread. Only for a job that is not published.
  var older: UnsafeMutablePointer<WeftJob>? { UnsafeMutablePointer<WeftJob>(bitPattern: address) }

  /// Only for a published job.
  var ticket: UnsafeMutablePointer<Ticket> { UnsafeMutablePointer<Ticket>(bitPattern: address).unsafelyUnwrapped }
}
