import Synchronization
import WeftPlatform

/// What one waiting thread sleeps on, in its own frame, and where it learns how its wait ended.
///
/// Whoever ends the wait first claims it, under the lock of the queue in which it found the waiter, and finishes it after that
/// lock is given back: the waiter does not return in between, even if its time is over.
struct Signal: ~Copyable {
  let word = Atomic<Int32>(Signal.waiting)

  private static let waiting: Int32 = 0
  fileprivate static let sleeping: Int32 = 1
  fileprivate static let claimed: Int32 = 2
  /// This and what lies above says how the wait ended.
  fileprivate static let firstOutcome: Int32 = 4

  init() {}
}

extension UnsafeMutablePointer where Pointee == Signal {
  private var wordAddress: UnsafeMutablePointer<Atomic<Int32>> {
    // The structure's only field.
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }

  /// Whether nobody has claimed it yet. Only a hint unless the caller is the waiter.
  var isOpen: Bool { pointee.word.load(ordering: .relaxed) < Signal.claimed }

  /// Makes the end of this wait the caller's, who must `finish` it. False if it has an end already.
  func claim() -> Bool {
    var seen = pointee.word.load(ordering: .relaxed)
    while seen < Signal.claimed {
      // Relaxed: the lock of the queue publishes the waiter's fields; the waiter reads nothing before `finish`.
      let (exchanged, original) = pointee.word.compareExchange(
        expected: seen, desired: seen | Signal.claimed, ordering: .relaxed)
      if exchanged { return true }
      seen = original
    }
    return false
  }

  /// Ends a claimed wait. The waiter may be gone when this returns.
  func finish(_ outcome: Int32) {
    // Release: pairs with the acquire in `outcome`, publishes what was given to the waiter.
    let old = pointee.word.exchange(Signal.firstOutcome + outcome, ordering: .releasing)
    // Its frame may be another's by now: a wake that nobody needs is harmless.
    if old & Signal.sleeping != 0 { Futex.wake(wordAddress) }
  }

  /// Waits for the end. Afterwards the signal is finished, or nobody can claim it.
  ///
  /// - Returns: The outcome; nil if the deadline came first.
  func wait(until deadline: Deadline, for reason: StaticString) -> Int32? {
    var spinning = Spinning()
    var wait = BlockedWait(for: reason, isEndless: deadline.isNever)
    while true {
      let seen = pointee.word.load(ordering: .relaxed)
      if seen >= Signal.claimed { return outcome() }
      if spinning.step() { continue }
      let remaining = deadline.remaining
      if remaining == 0 { return cancel() ? nil : outcome() }
      // Relaxed: a mark for whoever finishes, in the word that it changes.
      if seen == Signal.sleeping
        || pointee.word.compareExchange(expected: seen, desired: Signal.sleeping, ordering: .relaxed).exchanged
      {
        wait.sleep(wordAddress, while: Signal.sleeping, nanoseconds: remaining)
      }
    }
  }

  /// The waiter gives up. False if somebody has claimed the wait before.
  func cancel() -> Bool {
    // A claim that is never finished: the waiter's own.
    claim()
  }

  /// How a claimed wait ended. Whoever claimed it finishes it after a few instructions.
  func outcome() -> Int32 {
    var spins = 0
    while true {
      // Acquire: pairs with the release in `finish`.
      let seen = pointee.word.load(ordering: .acquiring)
      if seen >= Signal.firstOutcome { return seen - Signal.firstOutcome }
      stopIfAnotherThreadFailed()
      backOff(&spins)
    }
  }
}
