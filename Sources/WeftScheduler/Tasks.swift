import Synchronization
import WeftPlatform

/// A closure on the heap that is run once, by whoever takes it from its queue.
final class SpawnedTask {
  let body: @Sendable () -> Void
  /// The next in the queue; the queue's business.
  var next: Unmanaged<SpawnedTask>?

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Tasks in the order in which they came. Thread-safe.
struct TaskQueue: ~Copyable {
  /// A hint that there is something, so that a search need not take the lock. Written under the lock.
  private let count = Atomic<Int>(0)
  private let lock = SpinLock()
  /// Guarded by `lock`. Behind a pointer, because a thread that changes it must not hold the queue itself for itself alone.
  private let ends: UnsafeMutablePointer<(first: Unmanaged<SpawnedTask>?, last: Unmanaged<SpawnedTask>?)>

  init() {
    ends = .allocate(capacity: 1)
    ends.initialize(to: (nil, nil))
  }

  deinit { ends.deallocate() }

  borrowing func append(_ task: SpawnedTask) {
    let task = Unmanaged.passRetained(task)
    lock.lock()
    if let last = ends.pointee.last {
      last._withUnsafeGuaranteedRef { $0.next = task }
    } else {
      ends.pointee.first = task
    }
    ends.pointee.last = task
    count.add(1, ordering: .relaxed)
    lock.unlock()
  }

  borrowing func removeFirst() -> SpawnedTask? {
    if count.load(ordering: .relaxed) == 0 { return nil }
    lock.lock()
    let task = ends.pointee.first
    if let task {
      ends.pointee.first = task._withUnsafeGuaranteedRef { $0.next }
      if ends.pointee.first == nil { ends.pointee.last = nil }
      count.subtract(1, ordering: .relaxed)
    }
    lock.unlock()
    return task?.takeRetainedValue()
  }
}
