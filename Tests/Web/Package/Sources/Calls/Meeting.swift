import Synchronization
import WeftPlatform

/// Where strands wait for each other, so that as many threads are sure to run them at once.
struct Meeting: ~Copyable {
  private let arrived = Atomic<Int>(0)

  init() {}

  /// Returns how many came before.
  @discardableResult
  func arrive() -> Int { arrived.add(1, ordering: .relaxed).oldValue }

  /// Returns whether so many come within 10 s.
  func wait(for count: Int) -> Bool {
    let limit = monotonicNanoseconds() + 10_000_000_000
    while arrived.load(ordering: .relaxed) < count {
      if monotonicNanoseconds() > limit { return false }
    }
    return true
  }
}

func busy(milliseconds: UInt64) {
  let end = monotonicNanoseconds() + milliseconds * 1_000_000
  while monotonicNanoseconds() < end {}
}
