import Synchronization
import Weft

private let meeting = Meeting()
private let initialisations = Atomic<Int>(0)
/// How many threads the initialiser waits for.
private let expected = Atomic<Int>(0)
private let haveAllMet = Atomic<Bool>(false)

/// Made while all other threads are already waiting for it.
private let contended: [Int] = {
  initialisations.add(1, ordering: .relaxed)
  haveAllMet.store(meeting.wait(for: expected.load(ordering: .relaxed)), ordering: .relaxed)
  return Array(0..<1000)
}()

/// Uses a global for the first time on `threads` threads at once. Returns how often it was initialised, or -1 if a thread saw
/// it half made, or -2 if fewer threads than that came to it.
@JS func contendedInitialisations(_ threads: Int) -> Int {
  let wrong = Atomic<Int>(0)
  expected.store(threads, ordering: .relaxed)
  parallelFor(0..<threads) { _ in
    meeting.arrive()
    if contended.count != 1000 || contended[999] != 999 { wrong.add(1, ordering: .relaxed) }
  }
  if !haveAllMet.load(ordering: .relaxed) { return -2 }
  return wrong.load(ordering: .relaxed) == 0 ? initialisations.load(ordering: .relaxed) : -1
}

/// Stops while it is made, and while another thread waits for it.
private let doomed: Int = {
  _ = meeting.wait(for: 2)
  busy(milliseconds: 20)
  fatalError()
}()

/// A thread of the pool traps while it makes a global, and the caller waits for that global.
@JS func trapInInitialiser() -> Int {
  let sum = Atomic<Int>(0)
  parallelFor(0..<2) { _ in
    if meeting.arrive() == 0 && Thread.current.name == nil {
      // The caller comes second.
      _ = meeting.wait(for: 2)
      busy(milliseconds: 5)
    }
    sum.add(doomed, ordering: .relaxed)
  }
  return sum.load(ordering: .relaxed)
}
