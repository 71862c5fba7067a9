import CWeftPlatform
import Synchronization

/// What a thread shares with those who hold it. The last of both frees it.
struct ThreadRecord: ~Copyable {
  /// First, so that its address is the record's.
  let isRunning = Atomic<Int32>(1)
  /// The thread itself, and whoever may join it.
  let owners = Atomic<Int32>(2)
  /// Third, because JavaScript reads it.
  let name: ThreadName
  #if arch(wasm32) || arch(wasm64)
    /// A `ThreadActivity`. Relaxed: for those who look from outside. Behind the name: both are read at once.
    let activity = Atomic<Int32>(ThreadActivity.running.rawValue)
    /// While the thread has left Swift; see `EventLoop`. Its own. JavaScript reads it, at byte 40.
    var absence = ThreadAbsence()
  #endif
  /// Ended by the thread itself, with all that it captures. Written before the thread starts and by the thread only.
  var body: (@Sendable () -> Void)?
  #if arch(wasm32) || arch(wasm64)
    let stack: ThreadStack
    #if DEBUG
      let waitReason = WaitReason()
    #endif
    /// Where it runs. Written before the thread starts.
    var worker: UnsafeMutablePointer<WebWorker>?
    /// In the list of all threads, under its lock.
    var next: UnsafeMutablePointer<ThreadRecord>?
  #else
    /// Written by the thread that starts this one, read by whoever joins or detaches it.
    var handle: SystemThread?
  #endif
}

extension UnsafeMutablePointer where Pointee == ThreadRecord {
  private var isRunning: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }

  func waitUntilFinished() {
    _ = Futex.spin(isRunning, while: 1)
    if pointee.isRunning.load(ordering: .acquiring) == 0 { return }
    var wait = BlockedWait(for: "the end of a thread")
    // Acquire: pairs with the release in `finish`, publishes all that the thread wrote.
    while pointee.isRunning.load(ordering: .acquiring) != 0 { wait.sleep(isRunning, while: 1) }
  }

  /// Runs the body, and then, unless the thread has only left for its event loop, what thread-local values do at their end. Called by
  /// the thread itself.
  func runBody() {
    weft_set_current_thread(self)
    pointee.body?()
    #if arch(wasm32) || arch(wasm64)
      if pointee.absence.word != 0 { return }
    #endif
    // Stored, not taken: that is an access to the whole record, whose atomics others use.
    pointee.body = nil
    endThreadLocals()
  }

  /// Says that the thread has finished, and lets go of the record. Nothing of it may be used afterwards.
  func finish() {
    weft_set_current_thread(nil)
    finishFromOutside()
  }

  /// The same, called by another thread when this one will never run again.
  func finishFromOutside() {
    #if arch(wasm32) || arch(wasm64)
      AllThreads.remove(self)
    #endif
    pointee.isRunning.store(0, ordering: .releasing)
    // A waiter may have freed nothing yet: the thread still owns the record.
    Futex.wake(isRunning, .max)
    release()
  }

  /// Relaxed: the caller owns it already, so that it cannot go meanwhile.
  func retain() { pointee.owners.add(1, ordering: .relaxed) }

  /// Lets go of the record.
  func release() {
    // Acquire and release: the last owner has seen all that the other did to it.
    if pointee.owners.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
      deinitialize(count: 1)
      deallocate()
    }
  }
}
