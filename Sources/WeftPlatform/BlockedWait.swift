import Synchronization

/// A wait of the running thread's that only another thread can end.
///
/// In debug builds for the web it finds out when all threads wait in this way, and none can go on: then the program stops and
/// names the threads and what they wait for. In other builds it costs nothing.
public struct BlockedWait: ~Copyable {
  #if DEBUG && (arch(wasm32) || arch(wasm64))
    private var watch: DeadlockWatch?
  #endif

  /// Begins a wait.
  ///
  /// - Parameters:
  ///   - reason: What is waited for, as the end of a sentence: "a Mutex".
  ///   - isEndless: Whether no time ends it either.
  @export(interface)
  public init(for reason: StaticString, isEndless: Bool = true) {
    #if DEBUG && (arch(wasm32) || arch(wasm64))
      watch = isEndless ? DeadlockWatch(reason) : nil
    #endif
  }

  /// Sleeps while the word is `expected`, for some time: who waits looks again.
  ///
  /// - Parameter nanoseconds: The most to sleep; negative for as long as is good.
  @export(interface)
  public mutating func sleep(_ word: UnsafeMutablePointer<Atomic<Int32>>, while expected: Int32, nanoseconds: Int64 = -1) {
    // Without other threads a wait without end is an error, which `Futex.wait` reports.
    if nanoseconds < 0 && !canStartThreads { Futex.wait(word, while: expected) }
    Futex.wait(word, while: expected, nanoseconds: nap(nanoseconds))
    stopIfAnotherThreadFailed()
    #if DEBUG && (arch(wasm32) || arch(wasm64))
      watch?.check()
    #endif
  }

  /// The same for what is no word of this memory: `body` sleeps at most so many nanoseconds.
  public mutating func sleep(nanoseconds: Int64, by body: (Int64) -> Void) {
    setActivity(.waiting)
    body(nap(nanoseconds))
    setActivity(.running)
    stopIfAnotherThreadFailed()
  }

  /// How long to sleep before a look.
  private func nap(_ nanoseconds: Int64) -> Int64 {
    // Looks again now and then: a thread that stops in an error does not do what others wait for, and wakes nobody.
    var nap: Int64 = 50_000_000
    #if arch(wasm32) || arch(wasm64)
      // Nor do those that want something of JavaScript wake the word that its thread sleeps on.
      if MainThreadWork.doIfHere() { nap = 200_000 }
    #endif
    return nanoseconds < 0 ? nap : min(nanoseconds, nap)
  }

  #if DEBUG && (arch(wasm32) || arch(wasm64))
    deinit { watch?.end() }
  #endif
}
