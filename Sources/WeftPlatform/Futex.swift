import CWeftPlatform
import Synchronization

/// Sleeping until another thread changes a word: the wait instruction of wasm, the futex of the system.
///
/// Thread-safe. The word lives at an address that stays as long as somebody may wait on it or wake it.
public enum Futex {
  /// Sleeps while the word is `expected`, at most `nanoseconds` (negative: for ever). May return without a reason: the
  /// caller looks at the word again.
  ///
  /// - Precondition: The running thread may block (``currentThreadMayBlock``). A page never waits: in Chromium the
  ///   instruction would trap, in Firefox it would freeze the tab in silence.
  @export(interface)
  public static func wait(
    _ word: UnsafeMutablePointer<Atomic<Int32>>, while expected: Int32, nanoseconds: Int64 = -1, as activity: ThreadActivity = .waiting
  ) {
    if !currentThreadMayBlock { fail("The page must not wait: it would freeze. Call the function from a worker.") }
    if !canStartThreads && nanoseconds < 0 {
      fail("Deadlock: this thread waits for ever, and the single-threaded build has no other thread that could wake it")
    }
    // An `Atomic<Int32>` is laid out as the integer in it.
    setActivity(activity)
    _ = weft_futex_wait(UnsafeMutableRawPointer(word).assumingMemoryBound(to: Int32.self), expected, nanoseconds)
    setActivity(.running)
  }

  /// Looks for some 20 µs whether the word is something else than `expected`: to sleep and to be woken costs 5 to 50 µs. Returns
  /// whether it is. Relaxed: publishes nothing.
  @inline(never)
  static func spin(_ word: UnsafeMutablePointer<Atomic<Int32>>, while expected: Int32) -> Bool {
    for _ in 0..<10 {
      if word.pointee.load(ordering: .relaxed) != expected { return true }
      weft_pause_a_while()
    }
    return false
  }

  /// Wakes up to `count` sleepers. Allowed everywhere, on the page too.
  @export(interface)
  public static func wake(_ word: UnsafeMutablePointer<Atomic<Int32>>, _ count: Int = 1) {
    _ = weft_futex_wake(UnsafeMutableRawPointer(word).assumingMemoryBound(to: Int32.self), UInt32(clamping: count))
  }
}
