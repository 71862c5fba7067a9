import CWeftPlatform
import Synchronization
import WeftPlatform

/// What the scheduler keeps for one thread. See README.md for the algorithm and its memory ordering.
@usableFromInline
struct Worker: ~Copyable {
  // Shared. The hints come first, so that their addresses are known.

  /// Raised by a thread that has nothing to do and finds `slot` empty: the next fork is to fill it. A hint.
  let request = Atomic<Int32>(0)
  /// Counts publications, so that a thief sees whether the same one has been there for a while. A hint.
  let publications = Atomic<Int32>(0)
  /// Where forks are so short that they are not offered: the lowest of their places. See `ShortForks.swift`. A hint, which others take back.
  let shortForks = Atomic<UInt>(UInt(weft_no_short_forks))
  /// The one ticket that other threads may take. Filled by the worker itself only; emptied by whoever takes it.
  let slot = Atomic<UInt>(0)
  /// The `root` of the ticket in the slot, so that a thread which waits for that group knows it may take it. A hint.
  let slotRoot = Atomic<UInt>(0)
  /// Whether the worker has a thread, and whether it is to end: a `Phase`.
  let phase = Atomic<Int32>(Phase.vacant)
  /// Broadcasts to this worker that it has not answered: a stack of letters.
  let mailbox = Atomic<UInt>(0)
  /// Keeps the two halves on cache lines of their own.
  private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

  // The thread's own.

  /// The newest job.
  @usableFromInline var tail: UnsafeMutablePointer<WeftJob>?
  /// Which fork is to be timed.
  @usableFromInline var forksUntilTimed: Int32 = ForkTiming.interval
  /// The fork that is being timed, or nothing.
  var forkTiming = ForkTiming()
  /// The group of the stolen job that the thread is running; 0 if it is not.
  var root: UInt = 0
  /// The job with which a guest came and with whose end it goes: its address, `nextJob` before it is there, or 0.
  var guestJob: UInt = 0
  static let nextJob: UInt = 1
  let pool: UnsafeMutablePointer<PoolState>
  let index: Int
  /// How many jobs the thread runs inside waits, one within another.
  var helpDepth = 0
  var freeTickets: UnsafeMutablePointer<Ticket>?
  /// What the thread has done; nil until it has been traced.
  var trace: UnsafeMutablePointer<TraceRing>?
  /// The loops that it has begun lately; nil before the first one.
  var histories: UnsafeMutablePointer<LoopHistory>?
  private let paddingBehind: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

  init(pool: UnsafeMutablePointer<PoolState>, index: Int) {
    self.pool = pool
    self.index = index
  }

  deinit {
    histories?.deallocate()
    trace?.deinitialize(count: 1)
    trace?.deallocate()
    var next = freeTickets
    while let ticket = next {
      next = ticket.pointee.next
      ticket.deinitialize(count: 1)
      ticket.deallocate()
    }
  }

  /// The running thread's worker, or nil for a thread that is in no pool.
  @inlinable @inline(__always)
  static var current: UnsafeMutablePointer<Worker>? {
    weft_current_worker()?.assumingMemoryBound(to: Worker.self)
  }
}

// Hints, written by any thread.
extension UnsafeMutablePointer where Pointee == Worker {
  func setRequest(_ isRaised: Bool) {
    weft_store_hint(self, isRaised ? 1 : 0)
  }

  func forgetShortForks() {
    weft_store_place_hint(shortForksAddress, UInt(weft_no_short_forks))
  }

  @inlinable @inline(__always)
  var shortForksAddress: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) + 8 }

  func countPublication() {
    let count = pointee.publications.load(ordering: .relaxed) &+ 1
    weft_store_hint(UnsafeMutableRawPointer(self) + MemoryLayout<Int32>.size, count)
  }
}
