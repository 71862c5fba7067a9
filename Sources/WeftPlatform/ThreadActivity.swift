import CWeftPlatform
import Synchronization

/// What a thread does, for those who look from outside.
public enum ThreadActivity: Int32 {
  case running = 0
  /// It sleeps until another thread does something.
  case waiting = 1
  /// It belongs to a pool that has nothing for it to do.
  case idle = 2
}

#if arch(wasm32) || arch(wasm64)
  /// The threads that Weft has started and that have not ended. Thread-safe.
  enum AllThreads {
    private static let lock = SpinLock()
    /// Guarded by `lock`.
    nonisolated(unsafe) private static var first: UnsafeMutablePointer<ThreadRecord>?

    static func add(_ thread: UnsafeMutablePointer<ThreadRecord>) {
      lock.withLock {
        thread.pointee.next = first
        first = thread
      }
    }

    /// O(threads).
    @inline(never)
    static func remove(_ thread: UnsafeMutablePointer<ThreadRecord>) {
      lock.withLock {
        if first == thread { first = thread.pointee.next }
        forEach { if $0.pointee.next == thread { $0.pointee.next = thread.pointee.next } }
      }
    }

    /// Writes up to `capacity` rows of 32 bytes: the name's 24 bytes, how many of them count, and the activity. Returns how
    /// many.
    static func list(_ rows: UnsafeMutableRawPointer, capacity: Int) -> Int {
      lock.withLock {
        var count = 0
        forEach { thread in
          if count == capacity { return }
          // The name, how many of its bytes count, and the activity: as they lie in the record.
          (rows + count * 32).copyMemory(from: UnsafeRawPointer(thread) + 8, byteCount: 32)
          count += 1
        }
        return count
      }
    }

    #if DEBUG
      static func withEach(_ body: (UnsafeMutablePointer<ThreadRecord>) -> Void) { lock.withLock { forEach(body) } }
    #endif

    private static func forEach(_ body: (UnsafeMutablePointer<ThreadRecord>) -> Void) {
      var thread = first
      while let current = thread {
        body(current)
        thread = current.pointee.next
      }
    }
  }

  @_expose(wasm, "weft_list_threads")
  @_cdecl("weft_list_threads")
  func listThreads(_ rows: Double, _ capacity: Int32) -> Int32 {
    Int32(truncatingIfNeeded: AllThreads.list(UnsafeMutableRawPointer(fromJavaScript: rows), capacity: Int(capacity)))
  }
#endif

/// Says what the running thread does from now on.
@inline(never)
func setActivity(_ activity: ThreadActivity) {
  #if arch(wasm32) || arch(wasm64)
    weft_current_thread()?.assumingMemoryBound(to: ThreadRecord.self).pointee.activity.store(activity.rawValue, ordering: .relaxed)
  #endif
}
