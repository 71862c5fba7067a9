import CWeftPlatform
import Synchronization
import WeftPlatform

/// The threads of a pool that look for work or sleep because they found none.
///
/// An event count: a thread notes the count, looks once more, and sleeps only while the count is the same. See README.md.
struct Sleepers: ~Copyable {
  /// Changed by every wake-up; what the sleepers sleep on. First, so that its address is the structure's.
  let events = Atomic<Int32>(0)
  /// Threads that sleep until they are woken, or have announced that they will.
  let sleeping = Atomic<Int32>(0)
  /// Threads that look for work: these will find what is published, so nobody needs to be woken.
  let searching = Atomic<Int32>(0)
  /// Of the searching ones, those that sleep for a short time between two looks.
  let watching = Atomic<Int32>(0)

  /// What the last of them to fall asleep saw as `events`: somebody who was woken since then is on the way. A hint.
  let seenBySleeper = Atomic<Int32>(0)

  /// How often a thread that has nothing to do looks before it sleeps: for about a tenth of a millisecond.
  static let spinRounds = 50
  /// How long a watching thread sleeps between two looks, and how long when nobody has published anything for `quietTicks`.
  static let tick: Int64 = 100_000
  static let longTick: Int64 = 250_000
  static let quietTicks = 100
  /// After so many ticks in which nobody published anything, 10 ms of short ones and 25 of long ones, the watching thread sleeps too: a page
  /// that calls once for each frame finds it awake.
  static let lastTick = 200
}

extension UnsafeMutablePointer where Pointee == Sleepers {
  /// Whether some sleep and nobody looks for work now and then. Sequentially consistent.
  var areAllAsleep: Bool {
    pointee.searching.load(ordering: .sequentiallyConsistent) == 0 && pointee.sleeping.load(ordering: .sequentiallyConsistent) > 0
  }

  /// Whether all sleep, as far as this thread knows, and nobody has been woken since: that takes a while.
  var wouldAllSleepOn: Bool {
    // Relaxed: a thread that falls asleep, or is woken, just now is seen by whoever asks next.
    pointee.searching.load(ordering: .relaxed) == 0 && pointee.sleeping.load(ordering: .relaxed) > 0
      && pointee.seenBySleeper.load(ordering: .relaxed) == pointee.events.load(ordering: .relaxed)
  }

  private var eventsAddress: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }

  /// Called after a job was published by a sequentially consistent exchange. A watching thread will see it soon enough: short
  /// work is done before.
  @inline(never)
  func wakeOneIfNobodySearches() {
    // After the publication in the one order of all such operations; see `sleep`.
    if areAllAsleep { wake(1) }
  }

  /// Called after a call from outside was published: somebody waits for it, so it does not wait for a tick. Nobody is woken where all are
  /// busy: who finishes looks for calls.
  func wakeOneUnlessAwake() {
    let watching = pointee.watching.load(ordering: .sequentiallyConsistent)
    if pointee.searching.load(ordering: .sequentiallyConsistent) > watching { return }
    if watching > 0 || pointee.sleeping.load(ordering: .sequentiallyConsistent) > 0 { wake(1) }
  }

  @inline(never)
  func wake(_ count: Int) {
    // Release: pairs with the acquiring load of the count before a thread sleeps.
    pointee.events.wrappingAdd(1, ordering: .releasing)
    Futex.wake(eventsAddress, count)
  }

  /// Sleeps until there may be work. `look` is called once more after this thread has announced itself.
  ///
  /// Either a publisher's load of `sleeping` comes after this thread's announcement and it wakes somebody, or the
  /// announcement comes after the publication, and `look` finds the work: all four are sequentially consistent.
  ///
  /// Returns false if nobody has woken the thread for a while, or JavaScript has messages for it: then it leaves Swift, still announced
  /// and with the count that it has seen, and `wakeUp` follows when it has come back. Until then whoever publishes sees it sleep.
  func sleep(unless look: () -> Bool) -> Bool {
    let seen = pointee.events.load(ordering: .acquiring)
    pointee.seenBySleeper.store(seen, ordering: .relaxed)
    pointee.sleeping.add(1, ordering: .sequentiallyConsistent)
    pointee.searching.subtract(1, ordering: .sequentiallyConsistent)
    if !look() && !EventLoop.sleep(eventsAddress, while: seen) { return false }
    wakeUp()
    return true
  }

  /// A thread that has slept searches.
  @inline(never)
  func wakeUp() {
    pointee.searching.add(1, ordering: .sequentiallyConsistent)
    pointee.sleeping.subtract(1, ordering: .sequentiallyConsistent)
  }

  /// Sleeps for a tick, still counted as searching. The same argument holds for calls from outside, which look at `watching`.
  func watch(for tick: Int64, unless look: () -> Bool) {
    let seen = pointee.events.load(ordering: .acquiring)
    pointee.watching.add(1, ordering: .sequentiallyConsistent)
    if !look() { Futex.wait(eventsAddress, while: seen, nanoseconds: tick, as: .idle) }
    pointee.watching.subtract(1, ordering: .sequentiallyConsistent)
  }
}
