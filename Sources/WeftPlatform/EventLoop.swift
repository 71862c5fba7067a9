import CWeftPlatform
import Synchronization

// How a thread leaves Swift for the event loop of its worker, where it hears messages and its garbage is collected: the thread's body
// returns, with a word that it would otherwise have slept on, and JavaScript waits for that in its way (`Atomics.waitAsync`) and runs the
// body once more. Both kinds of sleepers stand in the same list of the engine's, so whoever wakes the word need not know them apart.

#if arch(wasm32) || arch(wasm64)
  /// What a thread that has left waits for, as JavaScript reads it: it comes back when the word is no longer `value`, or is woken.
  struct ThreadAbsence {
    /// Its address as JavaScript has it, or 0.
    var word = 0.0
    var value: Int32 = 0
    /// How many messages JavaScript had sent when the thread left last.
    var messages: Int32 = 0
  }

  private var currentThread: UnsafeMutablePointer<ThreadRecord> {
    // Holds: only threads that Weft has started come here.
    weft_current_thread().unsafelyUnwrapped.assumingMemoryBound(to: ThreadRecord.self)
  }

  private var sentMessages: Int32 {
    // Sequentially consistent, as are JavaScript's `Atomics.add`, and the wake-up that follows it: a thread that has read the word which
    // it will sleep on either sees the message or is woken.
    UnsafeMutableRawPointer(weft_messages_address()).assumingMemoryBound(to: Atomic<Int32>.self)
      .pointee.load(ordering: .sequentiallyConsistent)
  }
#endif

/// How an idle thread of a pool sleeps. For threads that Weft has started.
public enum EventLoop {
  /// So many nanoseconds a thread sleeps in Swift, from where it wakes a little sooner, before it leaves. Relaxed: tests change it.
  public static let patience = Atomic<Int64>(1_000_000_000)

  /// Sleeps while the word is `expected`, which the thread has read before its last look for work. Natively until it is woken; on the web
  /// for a second only, and not at all if JavaScript has sent a message that the thread has not heard.
  ///
  /// Returns false if nobody has woken the thread: then its body returns at once, and is run again when the word is another or is
  /// woken. Between the thread's announcement that it sleeps and that moment nothing that wakes it is lost, because nothing has happened
  /// as long as the word is the same, and JavaScript compares it once more when it begins to wait.
  @export(interface)
  public static func sleep(_ word: UnsafeMutablePointer<Atomic<Int32>>, while expected: Int32) -> Bool {
    #if arch(wasm32) || arch(wasm64)
      let thread = currentThread
      let messages = sentMessages
      setActivity(.idle)
      if messages == thread.pointee.absence.messages {
        _ = weft_futex_wait(
          UnsafeMutableRawPointer(word).assumingMemoryBound(to: Int32.self), expected, patience.load(ordering: .relaxed))
      }
      let heard = thread.pointee.absence.messages
      thread.pointee.absence = ThreadAbsence(word: UnsafeMutableRawPointer(word).forJavaScript, value: expected, messages: messages)
      if word.pointee.load(ordering: .relaxed) == expected || !hasReturned() { return false }
      // It does not leave after all, and hears nothing.
      thread.pointee.absence.messages = heard
      return true
    #else
      Futex.wait(word, while: expected, as: .idle)
      return true
    #endif
  }

  /// Whether the running thread's body is run again because it had left. Says so once.
  @export(interface)
  public static func hasReturned() -> Bool {
    #if arch(wasm32) || arch(wasm64)
      let thread = currentThread
      if thread.pointee.absence.word == 0 { return false }
      thread.pointee.absence.word = 0
      setActivity(.running)
      return true
    #else
      return false
    #endif
  }
}
