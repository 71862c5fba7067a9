import CWeftPlatform
import WeftPlatform

/// Runs two closures, at the same time if another thread has nothing to do, and returns both results.
///
/// `a` runs on the calling thread at once. `b` is offered to the pool; if nobody has taken it when `a` is done, the calling
/// thread runs it too. Forks may nest to any depth: one costs a few nanoseconds while all threads are busy. If a closure
/// throws, the error is thrown when the other has ended; `b` does not begin any more if `a` threw first. If both throw, it is
/// the error of `a`.
///
/// - Warning: Do not wait in `a` for something that only `b` brings about: they may run one after the other.
@inlinable @inline(__always)
public func join<A, B: Sendable, Failure: Error>(
  _ a: () throws(Failure) -> A, _ b: @Sendable () throws(Failure) -> B
) throws(Failure) -> (A, B) {
  guard let worker = Worker.current else { return try joinAsGuest(a, b) }
  var resultOfB: Result<B, Failure>?
  return try withUnsafeMutablePointer(to: &resultOfB) { (resultOfB) throws(Failure) -> (A, B) in
    // Holds: this function returns only when no other thread has the job, so nobody calls the closure later.
    try withBorrowedClosure({
      do throws(Failure) { resultOfB.pointee = .success(try b()) } catch { resultOfB.pointee = .failure(error) }
    }) { (body) throws(Failure) -> (A, B) in
      var job = WeftJob(body: body, previous: 0)
      return try withUnsafeMutablePointer(to: &job) { (job) throws(Failure) -> (A, B) in
        worker.push(job)
        let resultOfA: A
        do throws(Failure) { resultOfA = try a() } catch {
          _ = worker.pop(job)
          throw error
        }
        if worker.pop(job) { return (resultOfA, try b()) }
        return (resultOfA, try resultOfB.pointee.unsafelyUnwrapped.get())
      }
    }
  }
}

/// The same on a thread that is in no pool: it becomes a guest of the global one if there is a place.
@inline(never) @usableFromInline
func joinAsGuest<A, B: Sendable, Failure: Error>(
  _ a: () throws(Failure) -> A, _ b: @Sendable () throws(Failure) -> B
) throws(Failure) -> (A, B) {
  guard Pool.global.enterAsGuest() != nil else { return (try a(), try b()) }
  defer { Pool.global.leaveAsGuest() }
  return try join(a, b)
}
