import Synchronization
import WeftPlatform

/// Lets one thread sleep until another says that it may go on: the least with which waiting can be built.
///
/// It holds at most one permission. Thread-safe; only one thread parks at a time. Parking on a page stops the program with a
/// message.
public struct Parker: ~Copyable, Sendable {
  private let state = Atomic<Int32>(Parker.empty)

  private static let empty: Int32 = 0
  private static let permitted: Int32 = 1
  private static let parked: Int32 = 2

  /// Makes one without permission.
  public init() {}

  /// Waits for permission, and uses it up. What was written before ``unpark()`` is visible afterwards.
  @export(interface)
  public borrowing func park() { _ = park(until: .never) }

  /// The same for at most `timeout`.
  ///
  /// - Returns: Whether permission came.
  @export(interface)
  public borrowing func park(timeout: Duration) -> Bool { park(until: .after(timeout)) }

  /// Gives permission, once: a second before the first is used changes nothing. May be called anywhere.
  @export(interface)
  public borrowing func unpark() {
    // Release: pairs with the acquire in `takePermission`.
    if state.exchange(Parker.permitted, ordering: .releasing) == Parker.parked { state.withAddress { Futex.wake($0) } }
  }

  private borrowing func takePermission() -> Bool {
    // Acquire: pairs with the release in `unpark`, publishes what was written before it.
    state.compareExchange(expected: Parker.permitted, desired: Parker.empty, ordering: .acquiring).exchanged
  }

  private borrowing func park(until deadline: Deadline) -> Bool {
    var spinning = Spinning()
    var wait = BlockedWait(for: "an unpark()", isEndless: deadline.isNever)
    while true {
      if takePermission() { return true }
      if spinning.step() { continue }
      let remaining = deadline.remaining
      if remaining == 0 {
        // Relaxed: takes the mark back, unless permission has come.
        if state.compareExchange(expected: Parker.parked, desired: Parker.empty, ordering: .relaxed).exchanged { return false }
        return takePermission()
      }
      // Relaxed: a mark for `unpark`, in the word that it changes.
      let (marked, seen) = state.compareExchange(expected: Parker.empty, desired: Parker.parked, ordering: .relaxed)
      if marked || seen == Parker.parked {
        state.withAddress { wait.sleep($0, while: Parker.parked, nanoseconds: remaining) }
      }
    }
  }
}
