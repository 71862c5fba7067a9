import WeftPlatform

/// A number of permits, which threads take and give back.
///
/// Thread-safe. Permits go to waiting threads in the order in which they came: nobody starves. Waiting on a page stops the
/// program with a message.
public struct Semaphore: ~Copyable, Sendable {
  let state: SpinLocked<State>

  struct State {
    var available: Int
    var waiters = WaitQueue()
  }

  /// - Parameter permits: How many there are at first.
  public init(permits: Int) {
    if permits < 0 { fail("A Semaphore has at least 0 permits") }
    state = SpinLocked(State(available: permits))
  }

  /// Takes a permit, waiting for one.
  @export(interface)
  public borrowing func acquire() { _ = acquire(until: .never) }

  /// Takes a permit.
  ///
  /// - Returns: False if there was none within `timeout`.
  @export(interface)
  public borrowing func acquire(timeout: Duration) -> Bool { acquire(until: .after(timeout)) }

  /// Takes a permit if there is one. May be called anywhere.
  @export(interface)
  public borrowing func acquireIfAvailable() -> Bool {
    state.withLock { state in
      if state.available == 0 { return false }
      state.available -= 1
      return true
    }
  }

  /// Gives permits back, or adds to them. Any thread may.
  @export(interface)
  public borrowing func release(_ count: Int = 1) {
    var count = count
    while count > 0 {
      count -= 1
      // One by one: the lock is held for a few instructions however many wait.
      let waiter = state.withLock { state in
        let waiter = state.waiters.popClaimed()
        if waiter == nil { state.available += 1 }
        return waiter
      }
      waiter?.pointee.signal.finish(0)
    }
  }

  private borrowing func acquire(until deadline: Deadline) -> Bool {
    if acquireIfAvailable() { return true }
    return withWaiter { waiter in
      let isTaken = state.withLock { state in
        if state.available > 0 {
          state.available -= 1
          return true
        }
        state.waiters.append(waiter)
        return false
      }
      if isTaken || waiter.pointee.signal.wait(until: deadline, for: "a Semaphore") != nil { return true }
      state.withLock { $0.waiters.remove(waiter) }
      return false
    }
  }
}
