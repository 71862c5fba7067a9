import CWeftPlatform
import Synchronization
import WeftPlatform

extension Pool {
  /// Runs a closure on a thread of this pool and returns its result: all that it forks is shared among the pool's threads.
  ///
  /// The calling thread waits, unless it is one of the pool's: then it runs the closure itself, which costs nothing. Not
  /// allowed on the page, which must not wait.
  ///
  /// - Throws: What `body` throws.
  public func install<Value: Sendable, Failure: Error>(
    _ body: @Sendable () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    if Worker.current?.pointee.pool == state { return try body() }
    var outcome: Result<Value, Failure>?
    withUnsafeMutablePointer(to: &outcome) { outcome in
      // Holds: `runAndWait` returns when the closure has been called, once.
      withBorrowedClosure({ outcome.pointee = Result(catching: body) }) { words in state.runAndWait(words) }
    }
    return try outcome.unsafelyUnwrapped.get()
  }
}

/// A closure that somebody waits for, in that thread's frame.
private struct InstalledCall: ~Copyable {
  /// First, so that its address is the structure's.
  let isDone = Atomic<Int32>(0)
  let body: WeftClosure
}

extension UnsafeMutablePointer where Pointee == PoolState {
  @usableFromInline
  func runAndWait(_ body: WeftClosure) { runAndWaitOutOfLine(body) }

  @export(interface) @inline(never)
  func runAndWaitOutOfLine(_ body: WeftClosure) {
    if pointee.activeCount.load(ordering: .relaxed) == 0 { return runAsGuest(body) }
    withUnsafeTemporaryAllocation(of: InstalledCall.self, capacity: 1) { memory in
      let installed = memory.baseAddress.unsafelyUnwrapped
      installed.initialize(to: InstalledCall(body: body))
      let isDone = UnsafeMutableRawPointer(installed).assumingMemoryBound(to: Atomic<Int32>.self)
      var call = Call(
        { argument in
          weft_closure_call(argument.assumingMemoryBound(to: InstalledCall.self).pointee.body)
          let isDone = argument.assumingMemoryBound(to: Atomic<Int32>.self)
          // Release: pairs with the acquire below, publishes the result. The frame may be gone then; waking an address that
          // nobody waits on any more does no harm.
          isDone.pointee.store(1, ordering: .releasing)
          Futex.wake(isDone, .max)
        }, UnsafeMutableRawPointer(installed))
      withUnsafeMutablePointer(to: &call) { call in
        Pool(state: self).submit(call)
        var wait = BlockedWait(for: "a call that it handed to a pool")
        while isDone.pointee.load(ordering: .acquiring) == 0 { wait.sleep(isDone, while: 0) }
      }
      installed.deinitialize(count: 1)
    }
  }

  /// In a pool without threads of its own the calling one becomes a worker, if there is a place.
  private func runAsGuest(_ body: WeftClosure) {
    let outer = weft_current_worker()
    let pool = Pool(state: self)
    weft_set_current_worker(nil)
    let isGuest = pool.enterAsGuest() != nil
    weft_closure_call(body)
    if isGuest { pool.leaveAsGuest() }
    weft_set_current_worker(outer)
  }
}
