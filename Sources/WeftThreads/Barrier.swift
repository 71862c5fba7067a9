import Synchronization
import WeftPlatform

/// A place where a fixed number of threads wait for each other, again and again.
///
/// Thread-safe. Waiting on a page stops the program with a message.
public struct Barrier: ~Copyable, Sendable {
  private let arrived = Atomic<Int32>(0)
  /// Counts the times that all were there; what those who came early sleep on.
  private let phase = Atomic<Int32>(0)
  private let sleepers = Atomic<Int32>(0)
  private let count: Int32

  /// - Parameter count: How many threads meet, at least one.
  public init(count: Int) {
    if count < 1 { fail("A Barrier is for at least 1 thread") }
    self.count = Int32(count)
  }

  /// Waits until all threads have come. What each wrote before, all see afterwards.
  ///
  /// - Returns: True on one of the threads: the last to come.
  @discardableResult
  @export(interface)
  public borrowing func arriveAndWait() -> Bool {
    // Relaxed: the phase cannot change before this thread arrives.
    let current = phase.load(ordering: .relaxed)
    // Acquire and release: pairs with itself on the other threads; the last sees what all wrote before they came.
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      // Relaxed: published by the phase.
      arrived.store(0, ordering: .relaxed)
      // Release: pairs with the acquire below, publishes what all threads wrote. Sequentially consistent, as is the load after
      // it: either it sees the sleeper, or the sleeper sees the new phase.
      phase.store(current &+ 1, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { phase.withAddress { Futex.wake($0, .max) } }
      return true
    }
    var spinning = Spinning()
    var wait = BlockedWait(for: "a Barrier")
    while phase.load(ordering: .acquiring) == current {
      if spinning.step() { continue }
      sleepers.add(1, ordering: .sequentiallyConsistent)
      if phase.load(ordering: .sequentiallyConsistent) == current {
        phase.withAddress { wait.sleep($0, while: current) }
      }
      // Relaxed: at worst somebody wakes nobody.
      sleepers.subtract(1, ordering: .relaxed)
    }
    return false
  }
}
