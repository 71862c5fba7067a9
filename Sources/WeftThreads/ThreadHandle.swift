import Synchronization
import WeftPlatform

/// What a started thread can be waited for with. Thread-safe.
///
/// When the last copy of it ends without a join, the thread goes on by itself, and frees what it had when it ends.
// Unchecked: `outcome` is read when the thread has ended.
public final class ThreadHandle<Value: Sendable, Failure: Error>: @unchecked Sendable {
  let platform: PlatformThread
  private let outcome: ThreadOutcome<Value, Failure>
  /// Whether somebody has joined the thread of the system. Relaxed: that publishes nothing; the thread's end does.
  private let isJoined = Atomic<Bool>(false)

  init(platform: PlatformThread, outcome: ThreadOutcome<Value, Failure>) {
    self.platform = platform
    self.outcome = outcome
  }

  deinit {
    if isJoined.load(ordering: .relaxed) { platform.release() } else { platform.detach() }
  }

  /// Waits until the thread has ended, and its thread-local values with it. May be called more than once, by any thread that
  /// may block: not by the page.
  ///
  /// - Returns: What the thread's closure returned.
  /// - Throws: What it threw.
  @discardableResult
  public func join() throws(Failure) -> Value {
    if isJoined.exchange(true, ordering: .relaxed) { platform.wait() } else { platform.join() }
    return try outcome.result.unsafelyUnwrapped.get()
  }

  /// Whether the thread has ended: then ``join()`` does not wait.
  public var isFinished: Bool { platform.isFinished }

  /// The thread's name.
  public var name: ThreadName { platform.name }
}

/// What a thread leaves behind.
// Unchecked: written by the thread, read by others only when it has ended.
final class ThreadOutcome<Value: Sendable, Failure: Error>: @unchecked Sendable {
  var result: Result<Value, Failure>?
}

/// The name of a thread that was given none.
@export(interface)
func numberedThreadName() -> ThreadName { ThreadName("thread-", number: threadNumbers.add(1, ordering: .relaxed).newValue) }

/// Relaxed: only differs each time.
private let threadNumbers = Atomic<Int>(0)
