import WeftPlatform

extension Thread {
  /// Lets a closure spawn threads, and returns when it and all of them have ended.
  ///
  /// So they may use memory of the caller's through a pointer: it is there as long as they are.
  ///
  ///     let hits = Hits()     // final class Hits: Sendable { let count = Atomic<Int>(0) }
  ///     Thread.scope { scope in
  ///       for part in parts { scope.spawn { hits.count.add(matches(in: part), ordering: .relaxed) } }
  ///     }
  ///
  /// A lock or atomic that threads share is a property of a `final class` or a global, because Embedded Swift captures neither
  /// in a closure that escapes.
  ///
  /// Call it on a thread that may block: not on the page.
  /// - Throws: What `body` throws, when all threads have ended.
  public static func scope<Result, Failure: Error>(_ body: (ThreadScope) throws(Failure) -> Result) throws(Failure) -> Result {
    let scope = ThreadScope()
    defer { scope.wait() }
    return try body(scope)
  }
}

/// Where threads are spawned that end before ``Thread/scope(_:)`` returns. Thread-safe; its threads may spawn further ones.
// Unchecked: the property is guarded by the lock.
public final class ThreadScope: @unchecked Sendable {
  private struct Node {
    let thread: PlatformThread
    let next: UnsafeMutablePointer<Node>?
  }

  private let lock = SpinLock()
  private var threads: UnsafeMutablePointer<Node>?

  init() {}

  /// Starts a thread that runs `body` and ends before the scope does; otherwise like ``Thread/spawn(name:stackSize:_:)``.
  ///
  /// - Precondition: The scope has not ended: called inside it, or inside one of its threads.
  @discardableResult
  public func spawn<Value: Sendable, Failure: Error>(
    name: ThreadName? = nil, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () throws(Failure) -> Value
  ) -> ThreadHandle<Value, Failure> {
    let handle = Thread.spawn(name: name, stackSize: stackSize, body)
    add(handle.platform)
    return handle
  }

  @export(interface)
  private func add(_ thread: PlatformThread) {
    thread.retain()
    let node = UnsafeMutablePointer<Node>.allocate(capacity: 1)
    lock.lock()
    node.initialize(to: Node(thread: thread, next: threads))
    threads = node
    lock.unlock()
  }

  /// Waits for all threads, also for those that others of them spawn meanwhile.
  @export(interface)
  func wait() {
    while true {
      lock.lock()
      let node = threads
      threads = node?.pointee.next
      lock.unlock()
      guard let node else { return }
      let thread = node.pointee.thread
      node.deallocate()
      thread.wait()
      thread.release()
    }
  }
}
