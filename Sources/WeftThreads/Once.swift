import Synchronization
import WeftPlatform

/// Runs something at most once, whichever thread comes first; the others wait until it is done.
///
/// Thread-safe. Calling `run` from within its own `body` never ends. Afterwards `run` costs one load.
public struct Once: ~Copyable, Sendable {
  @usableFromInline let state = Atomic<Int32>(0)

  private static let fresh: Int32 = 0
  private static let running: Int32 = 1
  /// Running, and somebody sleeps on `state`.
  private static let awaited: Int32 = 2
  @usableFromInline static let done: Int32 = 3

  /// Makes one that has not run.
  public init() {}

  /// Whether the body has run. What it wrote is visible then.
  @inlinable @inline(__always)
  public var isDone: Bool {
    // Acquire: pairs with the release in `end`, publishes what the body wrote.
    state.load(ordering: .acquiring) == Once.done
  }

  /// Calls `body` unless a call of it has returned before.
  ///
  /// - Throws: What `body` throws; the next call then tries again.
  @inlinable
  public borrowing func run<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    if isDone || !begin() { return }
    do throws(Failure) {
      try body()
    } catch {
      end(isDone: false)
      throw error
    }
    end(isDone: true)
  }

  /// Returns true if the caller is to run the body and call ``end(isDone:)``; waits for another thread's run otherwise.
  @export(interface)
  public borrowing func begin() -> Bool {
    var spinning = Spinning()
    var wait = BlockedWait(for: "a Once")
    while true {
      // Acquire: as in `isDone`, and after a run that failed.
      let seen = state.load(ordering: .acquiring)
      if seen == Once.done { return false }
      if seen == Once.fresh {
        if state.compareExchange(expected: seen, desired: Once.running, ordering: .acquiring).exchanged { return true }
      } else if !spinning.step() {
        // Relaxed: a mark for whoever ends the run.
        if seen == Once.awaited || state.compareExchange(expected: seen, desired: Once.awaited, ordering: .relaxed).exchanged {
          state.withAddress { wait.sleep($0, while: Once.awaited) }
        }
      }
    }
  }

  /// Ends the run that ``begin()`` gave to this thread.
  @export(interface)
  public borrowing func end(isDone: Bool) {
    // Release: pairs with the acquires above.
    if state.exchange(isDone ? Once.done : Once.fresh, ordering: .releasing) == Once.awaited {
      state.withAddress { Futex.wake($0, .max) }
    }
  }
}
