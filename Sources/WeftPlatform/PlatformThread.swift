import CWeftPlatform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread that was started and must be joined: a POSIX thread, or on the web a worker with a stack and a thread-local
/// block of its own in the shared memory.
public struct PlatformThread: Sendable {
  // Safe to share: the record's fields are constant but for `state`, an atomic, and what only `join` touches.
  nonisolated(unsafe) private let record: UnsafeMutablePointer<ThreadRecord>

  /// Starts a thread that runs `body`.
  ///
  /// On the web the worker may start only after the page's event loop has run; nothing here waits for it.
  /// - Parameters:
  ///   - stackSize: Bytes; rounded up to whole pages natively.
  /// - Precondition: ``canStartThreads``.
  @export(interface)
  public static func start(name: ThreadName, stackSize: Int, _ body: @escaping @Sendable () -> Void) -> PlatformThread {
    if !canStartThreads { fail("The single-threaded build cannot start threads") }
    let record = UnsafeMutablePointer<ThreadRecord>.allocate(capacity: 1)
    record.initialize(to: ThreadRecord(name: name, body: body))
    record.start(stackSize: stackSize)
    return PlatformThread(record: record)
  }

  /// Waits until the thread has ended, and frees what it had. Call it exactly once.
  ///
  /// - Returns: Whether the thread ran; false where the system could not start it.
  @discardableResult
  @export(interface)
  public func join() -> Bool {
    // Acquire: pairs with the release at the thread's end, publishes all that the thread wrote.
    while record.pointee.state.load(ordering: .acquiring) == ThreadRecord.running {
      // Looks again now and then: on the web a thread that stops in an error does not come to its end, and wakes nobody.
      Futex.wait(record.state, while: ThreadRecord.running, nanoseconds: 50_000_000)
      stopIfAnotherThreadFailed()
    }
    let ran = record.pointee.state.load(ordering: .acquiring) == ThreadRecord.finished
    record.free()
    record.deinitialize(count: 1)
    record.deallocate()
    return ran
  }

  /// The name of the running thread, or nil for one that Weft did not start.
  @export(interface)
  public static var currentName: ThreadName? {
    weft_current_thread()?.assumingMemoryBound(to: ThreadRecord.self).pointee.name
  }

  /// Stops the program when the running thread has written past the end of its stack. O(1).
  ///
  /// wasm has no guard pages: an overflow of the stack in memory would go on into whatever lies below it.
  @export(interface)
  public static func checkStack() {
    #if arch(wasm32)
      weft_current_thread()?.assumingMemoryBound(to: ThreadRecord.self).checkGuard()
    #endif
  }
}

/// What a thread and those who wait for it share.
struct ThreadRecord: ~Copyable {
  /// First, because JavaScript sets it when nothing of the thread runs in the memory any more.
  let state = Atomic<Int32>(ThreadRecord.running)
  let name: ThreadName
  let body: @Sendable () -> Void
  #if arch(wasm32)
    /// The stack, and the thread-local block behind it.
    var memory: UnsafeMutableRawPointer?
  #endif

  init(name: ThreadName, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }

  static let running: Int32 = 0
  static let finished: Int32 = 1
  static let notStarted: Int32 = 2
  /// Two words at the lowest end of each stack that nothing but an overflow changes.
  static let guardWord: UInt64 = 0x5745_4654_5354_4B21
}

extension UnsafeMutablePointer where Pointee == ThreadRecord {
  var state: UnsafeMutablePointer<Atomic<Int32>> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
  }

  #if arch(wasm32)
    func start(stackSize: Int) {
      let stackBytes = UInt(max(stackSize, 16384) + 15) & ~15
      let alignment = max(weft_thread_locals_alignment(), 16)
      let locals = weft_thread_locals_size()
      // The stack grows down from its end, so the thread-local block may follow it.
      guard let memory = Allocator.allocate(stackBytes + locals + alignment, alignment: alignment) else {
        memoryIsExhausted(stackBytes + locals)
      }
      pointee.memory = memory
      memory.storeBytes(of: ThreadRecord.guardWord, as: UInt64.self)
      memory.storeBytes(of: ThreadRecord.guardWord, toByteOffset: 8, as: UInt64.self)
      let stackEnd = UInt(bitPattern: memory) + stackBytes
      let localsStart = (stackEnd + alignment - 1) & ~(alignment - 1)
      pointee.name.withBytes { name in
        weft_start_thread(
          self, UnsafeMutableRawPointer(bitPattern: stackEnd), UnsafeMutableRawPointer(bitPattern: localsStart),
          name.baseAddress, UInt(name.count))
      }
    }

    func free() {
      if let memory = pointee.memory { Allocator.free(memory) }
    }

    func checkGuard() {
      guard let memory = pointee.memory else { return }
      if memory.load(as: UInt64.self) != ThreadRecord.guardWord || memory.load(fromByteOffset: 8, as: UInt64.self) != ThreadRecord.guardWord
      {
        fail("Stack overflow: the thread wrote past the end of its stack. Recurse less deep, or pass a larger stackSize to init().")
      }
    }

    func run() {
      weft_set_current_thread(self)
      pointee.body()
      checkGuard()
      weft_set_current_thread(nil)
      HeapPool.detachHeap()
    }
  #else
    func start(stackSize: Int) {
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      pthread_attr_setstacksize(&attributes, max((stackSize + page - 1) / page * page, Int(sysconf(Int32(_SC_THREAD_STACK_MIN)))))
      pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
      #if os(Linux)
        var thread = pthread_t()
      #else
        var thread: pthread_t?
      #endif
      let result = pthread_create(
        &thread, &attributes,
        { argument in
          #if os(Linux)
            argument!.assumingMemoryBound(to: ThreadRecord.self).run()
          #else
            argument.assumingMemoryBound(to: ThreadRecord.self).run()
          #endif
          return nil
        }, self)
      pthread_attr_destroy(&attributes)
      if result != 0 { end(ThreadRecord.notStarted) }
    }

    func free() {}

    func run() {
      weft_set_current_thread(self)
      pointee.body()
      weft_set_current_thread(nil)
      end(ThreadRecord.finished)
    }

    private func end(_ state: Int32) {
      // Release: pairs with the acquire in `join`. The waiter may free the record between the two lines; waking an address
      // that nobody waits on any more does no harm.
      pointee.state.store(state, ordering: .releasing)
      Futex.wake(self.state, .max)
    }
  #endif
}

#if arch(wasm32)
  /// Runs a started thread's body, on the stack that JavaScript has set up. JavaScript sets the record's state afterwards.
  @_expose(wasm, "weft_thread_run")
  @_cdecl("weft_thread_run")
  func runThread(_ record: UnsafeMutableRawPointer) {
    record.assumingMemoryBound(to: ThreadRecord.self).run()
  }
#endif
