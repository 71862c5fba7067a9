import WeftPlatform

/// Runs two closures, at the same time if another thread has nothing to do, and returns both results.
///
/// `a` runs on the calling thread at once. `b` is offered to the pool; if nobody has taken it when `a` is done, the calling
/// thread runs it too. Forks may nest to any depth: one costs a few nanoseconds while all threads are busy.
///
/// - Warning: Do not wait in `a` for something that only `b` brings about: they may run one after the other.
@inlinable
public func join<A, B: Sendable>(_ a: () -> A, _ b: @Sendable () -> B) -> (A, B) {
  var resultOfA: A?
  var resultOfB: B?
  fork({ resultOfA = a() }, { resultOfB = b() })
  return (resultOfA.unsafelyUnwrapped, resultOfB.unsafelyUnwrapped)
}

/// Runs `first` here, and `second` here afterwards or on another thread meanwhile.
@usableFromInline
func fork(_ first: () -> Void, _ second: () -> Void) {
  guard let worker = Worker.current else {
    return Pool.global.withGuest { isWorker in
      if isWorker {
        fork(first, second)
      } else {
        first()
        second()
      }
    }
  }
  worker.fork(first, second)
}

extension UnsafeMutablePointer where Pointee == Worker {
  @inline(__always)
  func fork(_ first: () -> Void, _ second: () -> Void) {
    var job = Job()
    // Holds: this function returns only when no other thread has the job, so nobody calls the closure later.
    job.body.borrow(second)
    withUnsafeMutablePointer(to: &job) { job in
      push(job)
      first()
      if pop(job) || !wait(for: job) { second() }
    }
  }
}
