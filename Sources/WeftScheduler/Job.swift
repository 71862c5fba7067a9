import Synchronization
import WeftPlatform

/// Work that another thread may take over, in the frame of the function that forked it and waits for it.
@usableFromInline
struct Job: ~Copyable {
  @usableFromInline let state = Atomic<Int32>(Job.pending)
  /// Whether it left the private list. Written and read by the forker only.
  @usableFromInline var isPublished = false
  @usableFromInline var body = BorrowedClosure()
  /// Neighbours in the list of the thread that forked it; its own business.
  @usableFromInline var previous: UnsafeMutablePointer<Job>?
  @usableFromInline var next: UnsafeMutablePointer<Job>?
  /// The stolen job inside which this one was forked; nil for one that was not forked inside any.
  @usableFromInline var root: UnsafeMutablePointer<Job>?
  /// The worker that took it, so that its forker can help with what it forks in turn.
  @usableFromInline let thief = Atomic<UInt>(0)

  @inlinable @inline(__always)
  init() {}

  @usableFromInline static let pending: Int32 = 0
  static let done: Int32 = 1
  /// Taken by a thread that must not run it, and given back to its forker.
  static let returned: Int32 = 2
}

extension UnsafeMutablePointer where Pointee == Job {
  /// Tells the forker, which may be asleep. After it the job may be gone.
  func finish(_ state: Int32) {
    // The state is the first property, so its address is the job's. Taken before the store: waking an address that nobody
    // waits on any more does no harm.
    let address = stateAddress
    // Release: pairs with the acquire in `Worker.wait`, publishes the job's results.
    pointee.state.store(state, ordering: .releasing)
    Futex.wake(address, .max)
  }

  var stateAddress: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }
}
