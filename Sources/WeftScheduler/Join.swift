import CWeftPlatform
import Synchronization
import WeftPlatform

/// Runs two closures, at the same time if another thread has nothing to do, and returns both results.
///
/// `a` runs on the calling thread at once. `b` is offered to the pool; if nobody has taken it when `a` is done, the calling
/// thread runs it too. Forks may nest to any depth: one costs a few nanoseconds while all threads are busy.
///
/// - Warning: Do not wait in `a` for something that only `b` brings about: they may run one after the other.
@inlinable @inline(__always)
public func join<A, B: Sendable>(_ a: () -> A, _ b: @Sendable () -> B) -> (A, B) {
  let place = withBorrowedClosure({ _ = b() }) { weft_fork_place($0.function) }
  guard let worker = Worker.current ?? enterToFork(), _slowPath(!worker.isShortFork(place)) else { return (a(), b()) }
  var resultOfB: B?
  return _withUnprotectedUnsafeMutablePointer(to: &resultOfB) { resultOfB in
    // Holds: this function returns only when no other thread has the job, so nobody calls the closure later.
    withBorrowedClosure({ resultOfB.pointee = b() }) { body in
      var job = WeftJob(body: body, previous: 0)
      return _withUnprotectedUnsafeMutablePointer(to: &job) { job in
        worker.push(job, at: place)
        let resultOfA = a()
        if worker.pop(job) { return (resultOfA, b()) }
        return (resultOfA, resultOfB.pointee.unsafelyUnwrapped)
      }
    }
  }
}

/// The same for closures that may throw.
///
/// An error is thrown when the other closure has ended; `b` does not begin any more if `a` threw first. If both throw, it is
/// the error of `a`.
// Apart, because the results of closures with a generic error go through memory, which doubles the cost of a fork.
@inlinable @inline(__always) @_disfavoredOverload
public func join<A, B: Sendable, Failure: Error>(
  _ a: () throws(Failure) -> A, _ b: @Sendable () throws(Failure) -> B
) throws(Failure) -> (A, B) {
  let hasFailed = Atomic<Bool>(false)
  let (outcomeOfA, outcomeOfB) = withUnsafePointer(to: hasFailed) { pointer in
    // Holds: the flag lives until both closures have ended.
    nonisolated(unsafe) let hasFailed = pointer
    return join(
      {
        let result = Result(catching: a)
        // Relaxed: saves work, publishes nothing.
        if case .failure = result { hasFailed.pointee.store(true, ordering: .relaxed) }
        return result
      },
      { hasFailed.pointee.load(ordering: .relaxed) ? nil : Result(catching: b) })
  }
  let resultOfA = try outcomeOfA.get()
  // `b` has run, since `a` has not failed.
  return (resultOfA, try outcomeOfB.unsafelyUnwrapped.get())
}

@usableFromInline
func enterToFork() -> UnsafeMutablePointer<Worker>? { enterToForkOutOfLine() }

/// Makes a thread that is in no pool a guest of the global one, if there is a place, until the job that it pushes next has been popped.
/// What runs after that becomes a guest again where it forks.
@export(interface) @inline(never)
func enterToForkOutOfLine() -> UnsafeMutablePointer<Worker>? {
  guard let worker = Pool.global.enterAsGuest() else { return nil }
  worker.pointee.guestJob = Worker.nextJob
  // So that the job is published, and marked as one whose end is seen.
  worker.setRequest(true)
  return worker
}
