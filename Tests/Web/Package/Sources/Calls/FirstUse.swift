import Synchronization
import Weft
import WeftPlatform

private let arrived = Atomic<Int>(0)
private let initialisations = Atomic<Int>(0)
/// How many threads the initialiser waits for.
private let expected = Atomic<Int>(0)

/// Made while all other threads are already waiting for it.
private let contended: [Int] = {
  initialisations.add(1, ordering: .relaxed)
  waitUntilArrived(expected.load(ordering: .relaxed))
  return Array(0..<1000)
}()

/// Uses a global for the first time on `threads` threads at once. Returns how often it was initialised, or -1 if a thread saw
/// it half made, or -2 if fewer threads than that came to it.
@JS func contendedInitialisations(_ threads: Int) -> Int {
  let wrong = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: 1)
  wrong.initialize(to: Atomic(0))
  defer { wrong.deallocate() }
  nonisolated(unsafe) let shared = wrong
  expected.store(threads, ordering: .relaxed)
  parallelFor(0..<threads) { _ in
    arrived.add(1, ordering: .relaxed)
    if contended.count != 1000 || contended[999] != 999 { shared.pointee.add(1, ordering: .relaxed) }
  }
  if !haveAllMet.load(ordering: .relaxed) { return -2 }
  return wrong.pointee.load(ordering: .relaxed) == 0 ? initialisations.load(ordering: .relaxed) : -1
}

private let haveAllMet = Atomic<Bool>(true)

/// Waits for so many threads, but not for ever.
private func waitUntilArrived(_ count: Int) {
  let limit = monotonicNanoseconds() + 10_000_000_000
  while arrived.load(ordering: .relaxed) < count {
    if monotonicNanoseconds() > limit { return haveAllMet.store(false, ordering: .relaxed) }
  }
}

/// Stops while it is made.
private let doomed: Int = {
  waitUntilArrived(2)
  busy(milliseconds: 20)
  fatalError()
}()

/// A thread of the pool traps while it makes a global, and the caller waits for that global.
@JS func trapInInitialiser() -> Int {
  let sum = Atomic<Int>(0)
  parallelFor(0..<2) { _ in
    if arrived.add(1, ordering: .relaxed).oldValue == 0 && Thread.currentName == nil {
      // The caller comes second.
      waitUntilArrived(2)
      busy(milliseconds: 5)
    }
    sum.add(doomed, ordering: .relaxed)
  }
  return sum.load(ordering: .relaxed)
}

func busy(milliseconds: UInt64) {
  let end = monotonicNanoseconds() + milliseconds * 1_000_000
  while monotonicNanoseconds() < end {}
}
