import CWeftPlatform
import Synchronization
import WeftPlatform

/// Sleeps while the word is `expected`, for at most `nanoseconds` (negative: no end). May return without a reason.
///
/// The one way in which a thread goes to sleep in this room.
/// - Parameter reason: What it waits for, as a person would say it: `"a Mutex"`.
@export(interface)
func sleep(
  on word: UnsafeMutablePointer<Atomic<Int32>>, while expected: Int32, nanoseconds: Int64, for reason: StaticString
) {
  // Without other threads a wait without end is an error, which `Futex.wait` reports.
  if nanoseconds < 0 && !canStartThreads { Futex.wait(word, while: expected) }
  // On the web a thread that stops in an error wakes nobody; those who wait for it look now and then.
  let limit: Int64 = 50_000_000
  Futex.wait(word, while: expected, nanoseconds: nanoseconds < 0 ? limit : min(nanoseconds, limit))
  stopIfAnotherThreadFailed()
}

/// A short while of looking before a thread sleeps: going to sleep and being woken costs 5 to 50 µs.
///
/// How long depends on how often that has been in vain lately: where more threads want to run than there are processors, the one
/// that is waited for may need this thread's.
struct Spinning {
  private var rounds: Int32

  /// None where no other thread runs meanwhile.
  @inline(never)
  init() {
    rounds = 0
    if !Spinning.others { return }
    // All relaxed, and not read and written in one: it does no harm if threads overwrite each other's guesses.
    let wait = Spinning.waits.load(ordering: .relaxed) &+ 1
    Spinning.waits.store(wait, ordering: .relaxed)
    let budget = Spinning.budget.load(ordering: .relaxed)
    if budget < Spinning.most { Spinning.budget.store(budget + 1, ordering: .relaxed) }
    // Now and then a long look, or two threads that could answer each other at once would go on putting each other to sleep.
    rounds = wait & 31 == 0 ? Spinning.most : budget
  }

  /// Pauses. Returns whether to look again.
  @inline(__always)
  mutating func step() -> Bool {
    if rounds == 0 { return false }
    rounds &-= 1
    weft_pause_shortly()
    if rounds == 0 { noteFailure() }
    return true
  }

  @inline(never)
  private func noteFailure() {
    let budget = Spinning.budget.load(ordering: .relaxed)
    // By more than a wait adds.
    Spinning.budget.store(max(Spinning.least, budget - budget / 8 - 2), ordering: .relaxed)
  }

  private static let others = canStartThreads && availableParallelism > 1
  /// Rounds of `weft_pause_shortly`: 3 to 10 µs.
  private static let most: Int32 = 60
  private static let least: Int32 = 2
  private static let budget = Atomic<Int32>(60)
  private static let waits = Atomic<Int32>(0)
}

extension Atomic where Value == Int32 {
  /// Where it lies. It is never moved while it is borrowed, and whoever uses the address borrows what contains it.
  borrowing func withAddress<Result>(_ body: (UnsafeMutablePointer<Atomic<Int32>>) -> Result) -> Result {
    withUnsafePointer(to: self) { body(UnsafeMutablePointer(mutating: $0)) }
  }
}
