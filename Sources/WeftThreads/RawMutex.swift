import Synchronization
import WeftPlatform

/// The lock in a ``Mutex``, without the value. The README beside the sources explains it.
///
/// Thread-safe; not recursive.
public struct RawMutex: ~Copyable, Sendable {
  @usableFromInline let state = Atomic<Int32>(0)
  /// Counts unlocks for the thread that has claimed the lock, which sleeps on it.
  private let handovers = Atomic<Int32>(0)
  /// When the lock was last handed over, in units of 2^16 ns; written by the holder. Relaxed: a hint.
  private let lastHandover = Atomic<Int32>(0)

  @usableFromInline static let locked: Int32 = 1
  /// Somebody may sleep on `state`.
  private static let slept: Int32 = 2
  /// A thread has waited too long: nobody else may take the lock now.
  private static let claimed: Int32 = 4
  /// A thread that has waited so long is handed the lock; but no two handovers come closer than that, as each costs the time
  /// that its thread takes to wake up.
  private static let patience: UInt64 = 1_000_000

  /// Makes a free lock.
  public init() {}

  /// Takes the lock if it is free. O(1); may be called anywhere.
  @inlinable @inline(__always)
  public borrowing func lockIfAvailable() -> Bool {
    // Acquire: pairs with the release in `unlock`, publishes what the last holder wrote.
    state.compareExchange(expected: 0, desired: RawMutex.locked, ordering: .acquiring).exchanged
  }

  /// Takes the lock, waiting for it. ``unlock()`` must follow on the same thread.
  @export(interface)
  public borrowing func lock() { _ = lock(until: .never) }

  /// The same until the deadline.
  ///
  /// - Returns: Whether the lock was taken.
  @inlinable @inline(__always)
  public borrowing func lock(until deadline: Deadline) -> Bool { lockIfAvailable() || lockSlowly(until: deadline) }

  /// Gives the lock back.
  @export(interface)
  public borrowing func unlock() {
    // Release: pairs with the acquires of `state`, publishes what this holder wrote.
    let left = state.subtract(RawMutex.locked, ordering: .releasing).newValue
    if left != 0 { unlockSlowly(left) }
  }

  /// What follows when the lock was not free at first.
  ///
  /// - Returns: Whether the lock was taken; false after the deadline.
  @export(interface) @inline(never)
  public borrowing func lockSlowly(until deadline: Deadline) -> Bool {
    var spinning = Spinning()
    while true {
      let seen = state.load(ordering: .relaxed)
      if seen == 0 && lockIfAvailable() { return true }
      // Where others sleep it takes longer than a spin.
      if seen & ~RawMutex.locked != 0 || !spinning.step() { break }
    }
    return sleepForLock(until: deadline)
  }

  private borrowing func sleepForLock(until deadline: Deadline) -> Bool {
    var began: UInt64 = 0
    // When this thread was woken others may still sleep, and the mark of them is gone: it sets it again with the lock.
    var taken = RawMutex.locked
    var wait = BlockedWait(for: "a Mutex", isEndless: deadline.isNever)
    while true {
      let seen = state.load(ordering: .relaxed)
      if seen & (RawMutex.locked | RawMutex.claimed) == 0 {
        // Acquire: as in `lockIfAvailable`.
        if state.compareExchange(expected: seen, desired: seen | taken, ordering: .acquiring).exchanged { return true }
        continue
      }
      if began != 0 && seen & RawMutex.claimed == 0 && mayClaim(since: began) {
        // Relaxed: orders nothing; the lock is taken in `takeClaimed`.
        if state.compareExchange(expected: seen, desired: seen | RawMutex.claimed, ordering: .relaxed).exchanged {
          return takeClaimed(until: deadline)
        }
        continue
      }
      let remaining = deadline.remaining
      if remaining == 0 {
        if began != 0 { passOnWake() }
        return false
      }
      let marked = seen | RawMutex.slept
      // Relaxed: a mark for the holder, whose `unlock` changes the same word.
      if seen != marked && !state.compareExchange(expected: seen, desired: marked, ordering: .relaxed).exchanged { continue }
      if began == 0 { began = monotonicNanoseconds() }
      state.withAddress { wait.sleep($0, while: marked, nanoseconds: remaining) }
      taken = RawMutex.locked | RawMutex.slept
    }
  }

  /// In units of 65.5 µs, of which a word counts three days.
  private static func handoverTime(_ nanoseconds: UInt64) -> Int32 { Int32(_truncatingBits: (nanoseconds &>> 16)._lowWord) }

  private borrowing func mayClaim(since began: UInt64) -> Bool {
    let now = monotonicNanoseconds()
    let sinceHandover = RawMutex.handoverTime(now) &- lastHandover.load(ordering: .relaxed)
    // Unsigned: after that the count has gone round, and the claim is at most late by a turn of the lock.
    let patience = UInt32(bitPattern: RawMutex.handoverTime(RawMutex.patience))
    return now - began > RawMutex.patience && UInt32(bitPattern: sinceHandover) > patience
  }

  /// Waits for the next `unlock`, after which only this thread may take the lock.
  private borrowing func takeClaimed(until deadline: Deadline) -> Bool {
    var wait = BlockedWait(for: "a Mutex", isEndless: deadline.isNever)
    while true {
      // Acquire: pairs with the release in `unlockSlowly`, so that `state` below is at least as new as the count.
      let count = handovers.load(ordering: .acquiring)
      let seen = state.load(ordering: .relaxed)
      if seen & RawMutex.locked == 0 {
        // The others wait on: their mark stays set. Acquire: as in `lockIfAvailable`.
        let taken = RawMutex.locked | RawMutex.slept
        if state.compareExchange(expected: seen, desired: taken, ordering: .acquiring).exchanged {
          lastHandover.store(RawMutex.handoverTime(monotonicNanoseconds()), ordering: .relaxed)
          return true
        }
        continue
      }
      let remaining = deadline.remaining
      if remaining == 0 {
        // While the lock is held: otherwise it has just been left to this thread. The holder wakes whoever sleeps.
        let free = (seen & ~RawMutex.claimed) | RawMutex.slept
        if state.compareExchange(expected: seen, desired: free, ordering: .relaxed).exchanged { return false }
        continue
      }
      handovers.withAddress { wait.sleep($0, while: count, nanoseconds: remaining) }
    }
  }

  /// This thread gives up, and may have been the one that an `unlock` woke.
  private borrowing func passOnWake() {
    while true {
      let seen = state.load(ordering: .relaxed)
      if seen & (RawMutex.locked | RawMutex.claimed) == 0 {
        state.withAddress { Futex.wake($0) }
        return
      }
      // The holder, or who has claimed the lock, wakes the next.
      if state.compareExchange(expected: seen, desired: seen | RawMutex.slept, ordering: .relaxed).exchanged { return }
    }
  }

  /// What follows when others wait. `left` is what the lock's state was after it was given back.
  @export(interface) @inline(never)
  public borrowing func unlockSlowly(_ left: Int32) {
    // The lock may be somebody's already; it is not gone, because the caller borrows it.
    if left & RawMutex.claimed != 0 {
      handovers.wrappingAdd(1, ordering: .releasing)
      handovers.withAddress { Futex.wake($0) }
    } else if state.bitwiseAnd(~RawMutex.slept, ordering: .relaxed).oldValue & RawMutex.slept != 0 {
      state.withAddress { Futex.wake($0) }
    }
  }
}
