import CWeftPlatform
import Synchronization
import WeftPlatform

extension Pool {
  /// Runs a closure once on each of the pool's threads, with the thread's index, and returns the results by index.
  ///
  /// A thread runs it when it has nothing else to do, or waits for work that it has forked; not while it waits for a lock, a
  /// channel, or another pool. Returns when all have; the calling thread takes part if it is
  /// one of the pool's. The threads are those that the pool has started, and the calling one. While the pool is resized, a
  /// thread that is about to end may still be among them.
  ///
  /// - Warning: Do not hold a lock that `body` takes.
  public func broadcast<Result: Sendable>(_ body: @Sendable (Int) -> Result) -> [Result] {
    let own = Worker.current.flatMap { $0.pointee.pool == state ? $0 : nil }
    let takesPart = own.map { state.pointee.isGuest($0.pointee.index) } ?? (state.pointee.activeCount.load(ordering: .relaxed) == 0)
    let most = state.pointee.knownWorkers
    return Array(unsafeUninitializedCapacity: most + 1) { buffer, initializedCount in
      // Holds: each thread writes its own element, and all have ended before the buffer is read.
      nonisolated(unsafe) let results = buffer.baseAddress.unsafelyUnwrapped
      let count = withBorrowedClosure(over: { (index: Int, _: Int) -> Int in
        (results + index).initialize(to: body(index))
        return 0
      }) { words in state.broadcast(words, toFirst: most, own: own, takesPart: takesPart) }
      initializedCount = count
    }
  }
}

/// A broadcast's part for one thread.
struct Letter {
  let body: WeftClosure
  let index: Int
  /// Letters that have not been answered.
  let pending: UnsafeMutablePointer<Atomic<Int32>>
  var next: UnsafeMutablePointer<Letter>?
}

extension UnsafeMutablePointer where Pointee == PoolState {
  /// Sends the closure to the threads among the first `most` workers, calls it if the calling thread takes part, and waits
  /// until all have called it. Returns how many.
  @usableFromInline
  func broadcast(_ body: WeftClosure, toFirst most: Int, own: UnsafeMutablePointer<Worker>?, takesPart: Bool) -> Int {
    broadcastOutOfLine(body, toFirst: most, own: own, takesPart: takesPart)
  }

  @export(interface) @inline(never)
  func broadcastOutOfLine(_ body: WeftClosure, toFirst most: Int, own: UnsafeMutablePointer<Worker>?, takesPart: Bool) -> Int {
    let pending = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    // One for this thread, which is still sending.
    pending.initialize(to: Atomic(1))
    let letters = UnsafeMutablePointer<Letter>.allocate(capacity: most)
    var count = 0
    // Under the lock nobody leaves; who has left gets no letter.
    pointee.lock.lock()
    for index in 0..<most where pointee.workers[index].hasThread {
      (letters + count).initialize(to: Letter(body: body, index: count, pending: pending, next: nil))
      // Relaxed: this thread waits for all of them.
      pending.pointee.add(1, ordering: .relaxed)
      pointee.workers[index].receive(letters + count)
      count += 1
    }
    pointee.lock.unlock()
    // Relaxed: this thread's own count.
    pending.pointee.subtract(1, ordering: .relaxed)
    pointee.sleepers.wake(.max)
    // Before the wait: the others may wait for this thread's part.
    if takesPart {
      _ = weft_range_closure_call(body, count, 0)
      count += 1
    }
    var waiting = Waiting(own, group: UInt(bitPattern: pending), thief: nil)
    while true {
      // Acquire: pairs with the subtraction in `runBroadcasts`, publishes the results.
      let left = pending.pointee.load(ordering: .acquiring)
      if left == 0 { break }
      waiting.step { (pending, left) }
    }
    letters.deallocate()
    pending.deinitialize(count: 1)
    pending.deallocate()
    return count
  }
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// Puts a letter into this worker's mailbox. Called by any thread.
  fileprivate func receive(_ letter: UnsafeMutablePointer<Letter>) {
    var head = pointee.mailbox.load(ordering: .relaxed)
    while true {
      letter.pointee.next = UnsafeMutablePointer<Letter>(bitPattern: head)
      // Release: pairs with the exchange in `runBroadcasts`, publishes the letter. Sequentially consistent with `Sleepers`:
      // either a thread about to sleep sees it, or the wake-up that follows comes after its announcement.
      let (done, current) = pointee.mailbox.weakCompareExchange(
        expected: head, desired: UInt(bitPattern: letter), ordering: .sequentiallyConsistent)
      if done { return }
      head = current
    }
  }

  var hasLetters: Bool { pointee.mailbox.load(ordering: .sequentiallyConsistent) != 0 }

  /// Answers the letters in the mailbox. Called by the worker's own thread.
  func runBroadcasts() {
    if pointee.mailbox.load(ordering: .relaxed) == 0 { return }
    // Acquire: pairs with `receive`.
    var letter = UnsafeMutablePointer<Letter>(bitPattern: pointee.mailbox.exchange(0, ordering: .acquiring))
    while let current = letter {
      // Read before the answer: afterwards the letter may be gone.
      letter = current.pointee.next
      let pending = current.pointee.pending
      _ = weft_range_closure_call(current.pointee.body, current.pointee.index, 0)
      // Acquire and release: the last one to answer has seen all the others', and publishes them. The count's memory may be
      // gone then; waking an address that nobody waits on any more does no harm.
      if pending.pointee.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { Futex.wake(pending, .max) }
    }
  }
}
