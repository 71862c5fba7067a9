import CWeftPlatform
import Synchronization
import WeftPlatform

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
