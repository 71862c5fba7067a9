import WeftPlatform

/// The lock in an ``RWLock``, without the value. The README beside the sources explains it.
///
/// Thread-safe; not recursive.
public struct RawRWLock: ~Copyable, Sendable {
  /// Held by the one thread that writes or waits for the readers to leave.
  private let writers = RawMutex()
  let state = SpinLocked(State())

  struct State {
    var readers = 0
    /// A thread writes, or waits for the readers to leave: new readers wait.
    var isClaimed = false
    /// What the writer waits with.
    var writer: UnsafeMutablePointer<Waiter>?
    var waitingReaders = WaitQueue()
  }

  /// Makes a free lock.
  public init() {}

  /// Takes the lock together with other readers.
  ///
  /// - Returns: Whether it was taken; false after the deadline.
  @export(interface)
  public borrowing func lockForReading(until deadline: Deadline) -> Bool {
    var spinning = Spinning()
    repeat {
      if lockForReadingIfAvailable() { return true }
    } while spinning.step()
    return withWaiter { waiter in
      let isTaken = state.withLock { state in
        if !state.isClaimed {
          state.readers += 1
          return true
        }
        state.waitingReaders.append(waiter)
        return false
      }
      if isTaken || waiter.pointee.signal.wait(until: deadline, for: "an RWLock, to read") != nil { return true }
      state.withLock { $0.waitingReaders.remove(waiter) }
      return false
    }
  }

  /// Takes the lock together with other readers, if no thread writes or waits to. Never waits.
  ///
  /// - Returns: Whether it was taken.
  @export(interface)
  public borrowing func lockForReadingIfAvailable() -> Bool {
    state.withLock { state in
      if state.isClaimed { return false }
      state.readers += 1
      return true
    }
  }

  /// Gives the lock back. Only for a thread that has it to read.
  @export(interface)
  public borrowing func unlockAfterReading() {
    let writer = state.withLock { state in
      state.readers -= 1
      if state.readers > 0 { return nil as UnsafeMutablePointer<Waiter>? }
      let writer = state.writer
      state.writer = nil
      return writer.flatMap { $0.pointee.signal.claim() ? $0 : nil }
    }
    writer?.pointee.signal.finish(0)
  }

  /// Takes the lock alone.
  ///
  /// - Returns: Whether it was taken; false after the deadline.
  @export(interface)
  public borrowing func lockForWriting(until deadline: Deadline) -> Bool {
    if !writers.lock(until: deadline) { return false }
    return withWaiter { waiter in
      let isTaken = state.withLock { state in
        state.isClaimed = true
        if state.readers > 0 { state.writer = waiter }
        return state.readers == 0
      }
      if isTaken || waiter.pointee.signal.wait(until: deadline, for: "an RWLock, to write") != nil { return true }
      unlockAfterWriting()
      return false
    }
  }

  /// Takes the lock alone, if no other thread has it. Never waits.
  ///
  /// - Returns: Whether it was taken.
  @export(interface)
  public borrowing func lockForWritingIfAvailable() -> Bool {
    if !writers.lockIfAvailable() { return false }
    let isTaken = state.withLock { state in
      if state.readers == 0 { state.isClaimed = true }
      return state.isClaimed
    }
    if !isTaken { writers.unlock() }
    return isTaken
  }

  /// Gives the lock back: readers that wait go before the next writer. Only for the thread that has it to write.
  @export(interface)
  public borrowing func unlockAfterWriting() {
    // All readers that waited go before the next writer.
    let chain = state.withLock { state in
      state.isClaimed = false
      state.writer = nil
      let (count, chain) = state.waitingReaders.popAllClaimed()
      state.readers += count
      return chain
    }
    finishAll(chain) { _ in 0 }
    writers.unlock()
  }
}
