import Synchronization
import WeftPlatform

/// Lets a closure spawn tasks, and returns when it and all of them have ended.
///
/// The tasks run on threads of the pool that have nothing to do, and on the calling thread once `body` has ended. What they
/// capture must be `Sendable`; a pointer into the caller's frame stays valid until `scope` returns. Spawning costs some tens of
/// nanoseconds and an allocation: for regular work `parallelFor` and `join` are much cheaper.
///
///     scope { scope in
///       scope.spawn { decode(first) }
///       scope.spawn { decode(second) }
///     }
@inlinable
public func scope<Result>(_ body: (Scope) -> Result) -> Result {
  let scope = Scope()
  let result = body(scope)
  scope.finish()
  return result
}

/// The same for tasks that may throw.
///
/// The first error cancels what has not begun and is thrown when all tasks have ended; an error of `body` itself comes first.
@inlinable
public func scope<Result, Failure: Error>(
  throwing _: Failure.Type, _ body: (ThrowingScope<Failure>) throws(Failure) -> Result
) throws(Failure) -> Result {
  let scope = ThrowingScope<Failure>()
  let result: Result
  do throws(Failure) { result = try body(scope) } catch {
    scope.cancel()
    scope.scope.finish()
    throw error
  }
  scope.scope.finish()
  if let error = scope.error { throw error }
  return result
}

/// Where tasks are spawned that end before the function ``scope(_:)`` returns. Thread-safe; tasks may spawn further ones.
public struct Scope: Sendable {
  private let state: ScopeState

  @usableFromInline init() { state = ScopeState(Pool.current) }

  /// Runs `body` on some thread before the scope ends.
  ///
  /// - Precondition: The scope has not ended: called inside it, or inside one of its tasks.
  @export(interface)
  public func spawn(_ body: @escaping @Sendable () -> Void) { state.spawn(body) }

  @usableFromInline func finish() { state.finish() }
}

/// A ``Scope`` whose tasks may throw.
public struct ThrowingScope<Failure: Error>: Sendable {
  @usableFromInline let scope = Scope()
  private let box = ErrorBox<Failure>()

  @usableFromInline init() {}

  /// Runs `body` on some thread before the scope ends, unless a task has thrown before it begins.
  public func spawn(_ body: @escaping @Sendable () throws(Failure) -> Void) {
    let box = box
    scope.spawn {
      if box.isCancelled.load(ordering: .relaxed) { return }
      do throws(Failure) { try body() } catch { box.record(error) }
    }
  }

  /// Whether a task has thrown. A long task may look at it and end early.
  public var isCancelled: Bool { box.isCancelled.load(ordering: .relaxed) }

  @usableFromInline func cancel() { box.isCancelled.store(true, ordering: .relaxed) }

  @usableFromInline var error: Failure? { box.error }
}

/// The first error of several threads.
// Unchecked: `error` is guarded by `lock` until the scope has ended.
private final class ErrorBox<Failure: Error>: @unchecked Sendable {
  /// Relaxed: stops work, publishes nothing.
  let isCancelled = Atomic<Bool>(false)
  private let lock = SpinLock()
  private(set) var error: Failure?

  func record(_ error: Failure) {
    isCancelled.store(true, ordering: .relaxed)
    lock.lock()
    if self.error == nil { self.error = error }
    lock.unlock()
  }
}

/// What the threads that work in a scope share.
// Unchecked: all properties are constant, atomic or thread-safe themselves.
private final class ScopeState: @unchecked Sendable {
  let pool: Pool
  let tasks = CallQueue()
  /// Tasks that have not ended, and one for the scope's body.
  let pending: UnsafeMutablePointer<Atomic<Int32>>
  /// Calls that were submitted to bring threads here and have not begun.
  private let invitations = Atomic<Int>(0)

  init(_ pool: Pool) {
    self.pool = pool
    pending = .allocate(capacity: 1)
    pending.initialize(to: Atomic(1))
  }

  deinit {
    pending.deinitialize(count: 1)
    pending.deallocate()
  }

  func spawn(_ body: @escaping @Sendable () -> Void) {
    // Relaxed: the task itself is published by the queue's lock, and its end by the subtraction in `runTasksOfGroup`.
    pending.pointee.add(1, ordering: .relaxed)
    tasks.append(Call.make(body))
    // An invited thread stays until the queue is empty, so one for each idle thread is enough. But one there must be, though
    // nobody seems to be idle: a thread that has just found the queue empty counts as busy for a moment.
    // Sequentially consistent, like the queue: either the last invited thread sees the task, or this one that it has begun.
    // A pool without threads would run the task here and now, perhaps under a lock of the caller's; at the scope's end is better.
    if invitations.load(ordering: .sequentiallyConsistent) < max(1, pool.state.pointee.idle.load(ordering: .relaxed))
      && pool.state.pointee.activeCount.load(ordering: .relaxed) > 0
    {
      invitations.add(1, ordering: .relaxed)
      pool.submit {
        self.invitations.subtract(1, ordering: .sequentiallyConsistent)
        self.runTasks()
      }
    }
  }

  /// Runs tasks until none is waiting. Everything forked inside belongs to the scope.
  private func runTasks() {
    if let worker = Worker.current { worker.inGroup(group, runTasksOfGroup) } else { runTasksOfGroup() }
  }

  private func runTasksOfGroup() {
    while let task = tasks.removeFirst() {
      task.pointee.run()
      // Acquire and release: the last one to end has seen all the others', and publishes them to the waiting thread.
      if pending.pointee.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { Futex.wake(pending, .max) }
    }
  }

  private var group: UInt { UInt(bitPattern: pending) }

  /// Runs what is waiting, and then waits for what other threads run, helping them as far as it is inside this scope.
  func finish() {
    // Relaxed: this thread's own count.
    pending.pointee.subtract(1, ordering: .relaxed)
    var waiting = Waiting(Worker.current, group: group, thief: nil)
    while true {
      runTasks()
      // Acquire: pairs with the subtraction in `runTasksOfGroup`, publishes what the tasks wrote.
      let count = pending.pointee.load(ordering: .acquiring)
      if count == 0 { return }
      waiting.step { (pending, count) }
    }
  }
}
