import CWeftPlatform
import Synchronization

/// A thread that was started: a POSIX thread, or on the web a worker with a stack and thread-local values of its own in the
/// shared memory. Whoever starts it owns it, and so must call either `detach`, or `join` and then `release`.
public struct PlatformThread: Sendable {
  // Safe to share: the record's fields are constant, atomic, or the thread's own.
  nonisolated(unsafe) private let record: UnsafeMutablePointer<ThreadRecord>

  /// Starts a thread that runs `body`.
  ///
  /// On the web it starts at once on a worker that an earlier thread has left, and otherwise when the page, or whoever else
  /// starts workers here, has come to it; nothing here waits for that.
  /// - Parameters:
  ///   - stackSize: Bytes; rounded up to whole pages natively.
  /// - Precondition: ``canStartThreads``.
  @export(interface)
  public static func start(name: ThreadName, stackSize: Int, _ body: @escaping @Sendable () -> Void) -> PlatformThread {
    if !canStartThreads { fail("The single-threaded build cannot start threads") }
    let record = UnsafeMutablePointer<ThreadRecord>.allocate(capacity: 1)
    #if arch(wasm32) || arch(wasm64)
      record.initialize(to: ThreadRecord(name: name, body: body, stack: ThreadStack(size: stackSize)))
      AllThreads.add(record)
      WebWorkers.run(record)
    #else
      record.initialize(to: ThreadRecord(name: name, body: body))
      record.startSystemThread(stackSize: stackSize)
    #endif
    return PlatformThread(record: record)
  }

  /// Waits until the thread has ended. Call it once; others `wait`.
  @export(interface)
  public func join() {
    #if arch(wasm32) || arch(wasm64)
      record.waitUntilFinished()
    #else
      record.joinSystemThread()
    #endif
  }

  /// Waits until the thread has done all but let the system know, which is all that there is on the web.
  @export(interface)
  public func wait() { record.waitUntilFinished() }

  /// Makes the caller one more owner, who must `release` it.
  @export(interface)
  public func retain() { record.retain() }

  /// Ends the caller's ownership.
  @export(interface)
  public func release() { record.release() }

  /// Leaves the thread to itself: it frees what it had when it ends.
  @export(interface)
  public func detach() {
    #if !(arch(wasm32) || arch(wasm64))
      record.detachSystemThread()
    #endif
    record.release()
  }

  /// Whether the thread has ended: then `join` does not wait.
  @export(interface)
  public var isFinished: Bool {
    // Acquire: pairs with the release in `finish`; who sees the end sees what the thread wrote.
    record.pointee.isRunning.load(ordering: .acquiring) == 0
  }

  @export(interface)
  public var name: ThreadName { record.pointee.name }

  /// The name of the running thread, or nil for one that Weft did not start.
  @export(interface)
  public static var currentName: ThreadName? {
    weft_current_thread()?.assumingMemoryBound(to: ThreadRecord.self).pointee.name
  }

  /// Differs between any two threads that are alive.
  @export(interface)
  public static var currentID: UInt { UInt(bitPattern: weft_thread_locals_address()) }

  /// The running thread is about to end: whoever looks at what threads there are does not find it any more.
  @export(interface)
  public static func leaveList() {
    #if arch(wasm32) || arch(wasm64)
      if let thread = weft_current_thread() { AllThreads.remove(thread.assumingMemoryBound(to: ThreadRecord.self)) }
    #endif
  }

  /// Stops the program when the running thread has written past the end of its stack. O(1).
  ///
  /// wasm has no guard pages: an overflow of the stack in memory would go on into whatever lies below it.
  @export(interface)
  public static func checkStack() {
    #if arch(wasm32) || arch(wasm64)
      weft_current_thread()?.assumingMemoryBound(to: ThreadRecord.self).pointee.stack.check()
    #endif
  }
}
