import Synchronization
import WeftPlatform

/// The threads of a pool that look for work or sleep because they found none.
///
/// An event count: a thread notes the count, looks once more, and sleeps only while the count is the same. See README.md.
struct Sleepers: ~Copyable {
  /// Changed by every wake-up; what the sleepers sleep on. First, so that its address is the structure's.
  let events = Atomic<Int32>(0)
  /// Threads that sleep, or have announced that they will.
  let sleeping = Atomic<Int32>(0)
  /// Threads that are awake and look for work: these will find what is published, so nobody needs to be woken.
  let searching: Atomic<Int32>

  init(searching count: Int) { searching = Atomic(Int32(count)) }

  /// How often a thread looks before it sleeps; with pauses between, some tens of microseconds.
  static let spinLimit = 2000
}

extension UnsafeMutablePointer where Pointee == Sleepers {
  private var eventsAddress: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }

  /// Called after work was published by a sequentially consistent exchange.
  @inline(__always)
  func wakeOneIfNobodySearches() {
    // Sequentially consistent: after the publication in the one order of all such operations; see `sleep`.
    if pointee.sleeping.load(ordering: .sequentiallyConsistent) > 0
      && pointee.searching.load(ordering: .sequentiallyConsistent) == 0
    {
      wake(1)
    }
  }

  func wake(_ count: Int) {
    // Release: pairs with the acquiring load of the count before a thread sleeps.
    pointee.events.add(1, ordering: .releasing)
    Futex.wake(eventsAddress, count)
  }

  /// Sleeps until there may be work. `look` is called once more after this thread has announced itself.
  ///
  /// Either a publisher's load of `sleeping` comes after this thread's announcement and it wakes somebody, or the
  /// announcement comes after the publication, and `look` finds the work: all four are sequentially consistent.
  func sleep(unless look: () -> Bool) {
    let seen = pointee.events.load(ordering: .acquiring)
    pointee.sleeping.add(1, ordering: .sequentiallyConsistent)
    pointee.searching.subtract(1, ordering: .sequentiallyConsistent)
    if !look() { Futex.wait(eventsAddress, while: seen) }
    pointee.searching.add(1, ordering: .sequentiallyConsistent)
    pointee.sleeping.subtract(1, ordering: .sequentiallyConsistent)
  }
}
