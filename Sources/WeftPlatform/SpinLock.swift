import CWeftPlatform
import Synchronization

/// A lock for a few instructions, which the page may take too: it never sleeps in the system there.
///
/// Thread-safe. Not fair, not recursive. Use it only where the holder neither allocates nor calls out.
public struct SpinLock: ~Copyable, Sendable {
  private let isHeld = Atomic<Bool>(false)

  /// Makes a free lock.
  public init() {}

  /// Runs `body` while no other thread does so under this lock.
  public borrowing func withLock<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }

  /// Takes the lock. `unlock` must follow on the same thread, soon.
  public borrowing func lock() {
    // Acquire: pairs with the release in `unlock`, publishes what the last holder wrote.
    if isHeld.exchange(true, ordering: .acquiring) { lockSlowly() }
  }

  /// Out of line, as it is inlined wherever a lock is taken.
  @inline(never)
  private borrowing func lockSlowly() {
    var spins = 0
    repeat {
      // Waits on a plain load, so that the line stays shared until the holder writes.
      while isHeld.load(ordering: .relaxed) { backOff(&spins) }
    } while isHeld.exchange(true, ordering: .acquiring)
  }

  /// Gives the lock back.
  public borrowing func unlock() {
    isHeld.store(false, ordering: .releasing)
  }
}

/// One step of a spin loop, counted in `spins`: pauses at first, and later gives the processor away where the running thread may sleep.
@export(interface)
public func backOff(_ spins: inout Int) {
  spins &+= 1
  // A thread that stopped may have held what is waited for.
  if spins & 127 == 0 { stopIfAnotherThreadFailed() }
  if spins & (spinsBeforeYield &- 1) != 0 || !currentThreadMayBlock {
    weft_pause()
  } else {
    yieldProcessor()
  }
}

/// Some microseconds natively, where giving the processor away costs less than one. On the web it costs a sleep of fifty, and two threads
/// that answer each other meet in such sleeps again and again: thirty.
private var spinsBeforeYield: Int {
  #if arch(wasm32) || arch(wasm64)
    1024
  #else
    128
  #endif
}
