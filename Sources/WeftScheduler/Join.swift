import CWeftPlatform
import WeftPlatform

/// Runs two closures, at the same time if another thread has nothing to do, and returns both results.
///
/// `a` runs on the calling thread at once. `b` is offered to the pool; if nobody has taken it when `a` is done, the calling
/// thread runs it too. Forks may nest to any depth: one costs a few nanoseconds while all threads are busy.
///
/// - Warning: Do not wait in `a` for something that only `b` brings about: they may run one after the other.
@inlinable @inline(__always)
public func join<A, B: Sendable>(_ a: () -> A, _ b: @Sendable () -> B) -> (A, B) {
  fork(a, b)
}

/// Runs `first` here, and `second` here afterwards or on another thread meanwhile.
// Generic, because Embedded Swift inlines only generic functions from one module into another.
@inlinable @inline(__always)
func fork<A, B>(isOfferedAtOnce: Bool = false, _ first: () -> A, _ second: () -> B) -> (A, B) {
  guard let worker = Worker.current else { return forkAsGuest(first, second) }
  var resultOfSecond: B?
  var job = Job()
  return withUnsafeMutablePointer(to: &resultOfSecond) { result in
    // Holds: this function returns only when no other thread has the job, so nobody calls the closure later.
    job.body.borrow { result.pointee = second() }
    return withUnsafeMutablePointer(to: &job) { job in
      worker.push(job)
      if isOfferedAtOnce { worker.publishOldest() }
      let resultOfFirst = first()
      if worker.pop(job) || !worker.wait(for: job) { return (resultOfFirst, second()) }
      return (resultOfFirst, result.pointee.unsafelyUnwrapped)
    }
  }
}

/// The same on a thread that is in no pool: it becomes a guest of the global one if there is a place.
@inline(never) @usableFromInline
func forkAsGuest<A, B>(_ first: () -> A, _ second: () -> B) -> (A, B) {
  Pool.global.withGuest { isWorker in
    if isWorker { return fork(first, second) }
    return (first(), second())
  }
}
