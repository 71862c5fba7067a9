import Synchronization
import WeftPlatform

/// Runs a closure on a thread of the current pool, some time after now, and does not wait for it.
///
/// The current pool is the one whose thread the calling thread is, else the global one. Calls begin in the order in which they
/// were spawned. What is still waiting when its pool is shut down never runs. Allowed on the page.
///
/// A pool without threads of its own, in the single-threaded build or where the caller alone does the work, runs it at once.
@export(interface)
public func spawn(_ body: @escaping @Sendable () -> Void) {
  Pool.current.submit(body)
}

extension Pool {
  /// The pool whose thread the calling thread is, else the global one.
  public static var current: Pool {
    guard let worker = Worker.current else { return .global }
    return Pool(state: worker.pointee.pool)
  }

  /// Hands a closure to the pool's threads. Returns at once.
  @export(interface)
  func submit(_ body: @escaping @Sendable () -> Void) {
    if state.pointee.activeCount.load(ordering: .relaxed) == 0 { return body() }
    submit(Call.make(body))
  }
}
