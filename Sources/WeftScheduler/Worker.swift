import CWeftPlatform
import Synchronization
import WeftPlatform

/// What the scheduler keeps for one thread. See README.md for the algorithm and its memory ordering.
@usableFromInline
struct Worker: ~Copyable {
  /// The one job that other threads may take. Filled by the worker itself only; emptied by whoever takes it.
  @usableFromInline let slot = Atomic<UInt>(0)
  /// The `root` of the job in the slot, so that a thread which waits for that root knows it may take the job.
  @usableFromInline let slotRoot = Atomic<UInt>(0)
  /// The newest private job, or the sentinel.
  @usableFromInline var tail: UnsafeMutablePointer<Job>
  /// The newest job that was published, or the sentinel: all behind it are private.
  @usableFromInline var published: UnsafeMutablePointer<Job>
  /// The stolen job that the thread is running, if any.
  @usableFromInline var root: UnsafeMutablePointer<Job>?
  let sentinel: UnsafeMutablePointer<Job>
  @usableFromInline let pool: UnsafeMutablePointer<PoolState>
  let index: Int

  init(pool: UnsafeMutablePointer<PoolState>, index: Int) {
    sentinel = .allocate(capacity: 1)
    sentinel.initialize(to: Job())
    tail = sentinel
    published = sentinel
    self.pool = pool
    self.index = index
  }

  deinit {
    sentinel.deinitialize(count: 1)
    sentinel.deallocate()
  }

  /// The running thread's worker, or nil for a thread that is in no pool.
  @inlinable @inline(__always)
  static var current: UnsafeMutablePointer<Worker>? {
    weft_current_worker()?.assumingMemoryBound(to: Worker.self)
  }
}

// What a worker does with its own jobs. Only the worker's own thread calls these.
extension UnsafeMutablePointer where Pointee == Worker {
  /// Puts a job on the private list, and hands the oldest over when somebody is hungry.
  @inlinable @inline(__always)
  func push(_ job: UnsafeMutablePointer<Job>) {
    job.pointee.previous = pointee.tail
    job.pointee.root = pointee.root
    pointee.tail.pointee.next = job
    pointee.tail = job
    poll()
  }

  /// Looks whether another thread is hungry and finds nothing in the slot. Cheap: call it often.
  @inlinable @inline(__always)
  func poll() {
    if pointee.pool.pointee.hungry.load(ordering: .relaxed) != 0 { publishOldest() }
  }

  /// Takes a job off the list again, after all that was pushed later. Returns whether it is still this thread's alone.
  @inlinable @inline(__always)
  func pop(_ job: UnsafeMutablePointer<Job>) -> Bool {
    pointee.tail = job.pointee.previous.unsafelyUnwrapped
    return !job.pointee.isPublished || takeBack(job)
  }

  /// Moves the oldest private job to the slot, if the slot is empty.
  @inline(never) @usableFromInline
  func publishOldest() {
    guard pointee.published != pointee.tail, pointee.slot.load(ordering: .relaxed) == 0 else { return }
    let job = pointee.published.pointee.next.unsafelyUnwrapped
    pointee.published = job
    job.pointee.isPublished = true
    publish(job)
  }

  /// Puts a job into the empty slot and wakes a sleeper, unless somebody is already looking for work.
  func publish(_ job: UnsafeMutablePointer<Job>) {
    // Relaxed: made visible by the exchange below, which is the only way to a meaning for it.
    pointee.slotRoot.store(UInt(bitPattern: job.pointee.root), ordering: .relaxed)
    // Release: pairs with the acquire of whoever takes the job; publishes all its fields and what the closure captures.
    // Sequentially consistent with `Sleepers`: either a thread about to sleep sees the job, or the job's publisher sees
    // the sleeper.
    _ = pointee.slot.exchange(UInt(bitPattern: job), ordering: .sequentiallyConsistent)
    pointee.pool.pointee.sleepers.wakeOneIfNobodySearches()
  }

  /// Takes a published job back out of the slot. Returns false when another thread was faster.
  @inline(never) @usableFromInline
  func takeBack(_ job: UnsafeMutablePointer<Job>) -> Bool {
    // Everything newer is gone from the list, so this is the newest published one.
    pointee.published = job.pointee.previous.unsafelyUnwrapped
    return pointee.slot.compareExchange(
      expected: UInt(bitPattern: job), desired: 0, successOrdering: .relaxed, failureOrdering: .relaxed
    ).exchanged
  }
}
