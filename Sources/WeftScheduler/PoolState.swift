import Synchronization
import WeftPlatform

/// What the threads of a pool share.
@usableFromInline
struct PoolState: ~Copyable {
  /// First, so that its address is the structure's: the pool's threads that have started or will, and have not ended.
  let alive = Atomic<Int32>(0)
  /// Threads that have nothing to do. Relaxed everywhere: a hint, which publishes nothing.
  let idle = Atomic<Int>(0)
  /// Sequentially consistent, as all that `Sleepers` orders: a thread about to sleep sees it, or is woken by `stop`.
  let isStopping = Atomic<Bool>(false)
  /// Since when the threads record what they do, in nanoseconds; 0 when they do not. Relaxed: each thread's record is its own.
  let tracedSince = Atomic<UInt64>(0)
  /// Threads that work at once, the caller included if it takes part. Relaxed: a number to plan with.
  let threadCount = Atomic<Int>(0)
  /// Of these, the ones that the pool started and that `resize` has not ended. Written under `lock`.
  let activeCount = Atomic<Int>(0)
  /// In the order in which the pools were made, from 0.
  let number = PoolState.numbers.add(1, ordering: .relaxed).oldValue
  /// Relaxed: only differs each time.
  private static let numbers = Atomic<Int>(0)
  let callerTakesPart: Bool
  let stackSize: Int
  let sleepers: UnsafeMutablePointer<Sleepers>
  let calls = CallQueue()
  /// A bit for each guest's place that is taken.
  let guests = Atomic<UInt32>(0)

  /// The first `workerCount` are there, and stay until the pool ends: first the threads that the pool began with, then the
  /// guests' places, then what `resize` has added.
  let workers: UnsafeMutablePointer<UnsafeMutablePointer<Worker>>
  let workerCount = Atomic<Int>(0)
  /// Where the guests' places begin. Written before the pool's first thread starts.
  var firstGuest = 0
  /// For what `resize` changes.
  let lock = SpinLock()

  static let guestPlaces = 8
  static let mostThreads = 1024

  init(callerTakesPart: Bool, stackSize: Int) {
    self.callerTakesPart = callerTakesPart
    self.stackSize = stackSize
    workers = .allocate(capacity: PoolState.mostThreads + PoolState.guestPlaces)
    sleepers = .allocate(capacity: 1)
    sleepers.initialize(to: Sleepers())
  }

  deinit {
    for index in 0..<workerCount.load(ordering: .relaxed) {
      workers[index].deinitialize(count: 1)
      workers[index].deallocate()
    }
    workers.deallocate()
    sleepers.deinitialize(count: 1)
    sleepers.deallocate()
  }

  /// How many workers there are. Those before that number can be looked at.
  var knownWorkers: Int {
    // Acquire: pairs with the release in `addWorker`, publishes the worker.
    workerCount.load(ordering: .acquiring)
  }

  func isGuest(_ index: Int) -> Bool { index >= firstGuest && index < firstGuest + PoolState.guestPlaces }
}

extension UnsafeMutablePointer where Pointee == PoolState {
  /// Called under the lock, or before anybody else knows the pool.
  func addWorker() -> UnsafeMutablePointer<Worker> {
    let index = pointee.workerCount.load(ordering: .relaxed)
    if index == PoolState.mostThreads + PoolState.guestPlaces { failThreadCount() }
    let worker = UnsafeMutablePointer<Worker>.allocate(capacity: 1)
    worker.initialize(to: Worker(pool: self, index: index))
    (pointee.workers + index).initialize(to: worker)
    pointee.workerCount.store(index + 1, ordering: .releasing)
    return worker
  }

  @export(interface)
  func takeGuestPlace() -> UnsafeMutablePointer<Worker>? {
    var taken = pointee.guests.load(ordering: .relaxed)
    while true {
      let place = (~taken).trailingZeroBitCount
      guard place < PoolState.guestPlaces else { return nil }
      // Acquire: pairs with the release in `leaveGuestPlace`; the worker comes as the last guest left it.
      let (done, current) = pointee.guests.compareExchange(
        expected: taken, desired: taken | 1 << UInt32(place), successOrdering: .acquiring, failureOrdering: .relaxed)
      if done { return pointee.workers[pointee.firstGuest + place] }
      taken = current
    }
  }

  @export(interface)
  func leaveGuestPlace(_ worker: UnsafeMutablePointer<Worker>) {
    let place = worker.pointee.index - pointee.firstGuest
    pointee.guests.bitwiseAnd(~(1 << UInt32(place)), ordering: .releasing)
  }
}
