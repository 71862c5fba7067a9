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
struct Spinning {
  private var rounds: Int32

  /// About 3 µs of looking; none where no other thread runs meanwhile.
  init() { rounds = Spinning.others ? 60 : 0 }

  /// Pauses. Returns whether to look again.
  @inline(__always)
  mutating func step() -> Bool {
    if rounds == 0 { return false }
    rounds &-= 1
    weft_pause_shortly()
    return true
  }

  private static let others = canStartThreads && availableParallelism > 1
}

extension Atomic where Value == Int32 {
  /// Where it lies. It is never moved while it is borrowed, and whoever uses the address borrows what contains it.
  borrowing func withAddress<Result>(_ body: (UnsafeMutablePointer<Atomic<Int32>>) -> Result) -> Result {
    withUnsafePointer(to: self) { body(UnsafeMutablePointer(mutating: $0)) }
  }
}
