import CWeftPlatform
import Synchronization
import WeftPlatform

// Forks that are not offered, because what they would offer is never there for long enough to be taken. See README.md.

/// A fork whose first branch is being timed: that is for how long its second branch stays in the list of jobs.
struct ForkTiming {
  /// Nil if none is.
  var job: UnsafeMutablePointer<WeftJob>?
  var place: UInt = 0
  /// Nanoseconds.
  var start: UInt64 = 0

  /// Of so many forks one is timed.
  static let interval: Int32 = 16
  /// What takes less is short: a quarter of the time after which a thread takes what is published.
  static let longest: UInt64 = 5000
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// Whether a fork at this place needs not be offered. Never one that no other surrounds: that may be all there is to share.
  @inlinable @inline(__always)
  func isShortFork(_ place: UInt) -> Bool {
    pointee.tail != nil && weft_is_short_fork(place, weft_load_place_hint(shortForksAddress))
  }

  /// Begins to measure how long a job that was just pushed stays in the list, unless another one is being measured.
  @export(interface) @inline(never)
  func timeForkOutOfLine(_ job: UnsafeMutablePointer<WeftJob>, _ place: UInt) {
    pointee.forksUntilTimed = ForkTiming.interval
    if pointee.forkTiming.job != nil || job.isPublished { return }
    job.pointee.previous |= UInt(weft_job_timed)
    pointee.forkTiming = ForkTiming(job: job, place: place, start: monotonicNanoseconds())
  }

  /// Ends what `timeForkOutOfLine` began, when the job leaves the list or is published. Returns its place if that was short.
  func endTiming(_ job: UnsafeMutablePointer<WeftJob>) -> UInt? {
    let timing = pointee.forkTiming
    pointee.forkTiming.job = nil
    job.pointee.previous &= ~UInt(weft_job_timed)
    return monotonicNanoseconds() &- timing.start < ForkTiming.longest ? timing.place : nil
  }

  /// From now on forks at this place are short, and those that they surround.
  func expectShortForks(at place: UInt) {
    // Somebody asks.
    if pointee.request.load(ordering: .relaxed) != 0 { return }
    // Those already known reach as deep as they may.
    let known = pointee.shortForks.load(ordering: .relaxed)
    if known &- place < 1 << 16 { return }
    let sleepers = pointee.pool.pointee.sleepers
    // Somebody must ask if they take long after all. Sequentially consistent with `Sleepers.sleep`: either a thread about to sleep takes
    // this back, or it is seen here.
    pointee.shortForks.store(place &- UInt(weft_short_forks_span - weft_frame_alignment), ordering: .sequentiallyConsistent)
    if sleepers.areAllAsleep { forgetShortForks() }
  }

  /// Called by another thread: asks for work, because there is none in the slot.
  func ask() {
    if pointee.request.load(ordering: .relaxed) == 0 { setRequest(true) } else { doubtShortForks() }
  }

  /// Somebody has asked before, and nothing has come: what is not offered may not be as short as it was.
  func doubtShortForks() {
    if pointee.shortForks.load(ordering: .relaxed) != UInt(weft_no_short_forks) { forgetShortForks() }
  }
}

@usableFromInline
func timeFork(_ worker: UnsafeMutablePointer<Worker>, _ job: UnsafeMutablePointer<WeftJob>, _ place: UInt) {
  worker.timeForkOutOfLine(job, place)
}
