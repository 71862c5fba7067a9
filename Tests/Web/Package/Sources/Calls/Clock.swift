import Synchronization
import Weft
import WeftPlatform

/// The clock, in milliseconds.
@JS func clock() -> Double { Double(monotonicNanoseconds()) / 1_000_000 }

/// Reads the clock on all threads, each after it has seen what another one read. Returns how many times it went back.
@JS func clockReversals(strands: Int, rounds: Int) -> Int {
  let latest = Atomic<UInt64>(0)
  let reversals = Atomic<Int>(0)
  parallelFor(0..<strands) { _ in
    for _ in 0..<rounds {
      // Acquiring and releasing: what is read here was read from the clock before.
      let before = latest.load(ordering: .acquiring)
      let now = monotonicNanoseconds()
      if now < before { reversals.add(1, ordering: .relaxed) }
      latest.max(now, ordering: .acquiringAndReleasing)
    }
  }
  return reversals.load(ordering: .relaxed)
}
