import WeftPlatform

/// A thread of execution: a POSIX thread natively, a Web Worker on the web.
public struct Thread: Sendable {
  private let platform: PlatformThread

  /// Starts a thread that runs `body`. Join it, or its memory stays.
  ///
  /// - Parameters:
  ///   - name: Shown by debuggers, on the console and in errors.
  ///   - stackSize: Bytes. On the web this is the part of the stack that lies in memory: arrays and large values.
  public static func spawn(name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) -> Thread {
    Thread(platform: PlatformThread.start(name: name, stackSize: stackSize, body))
  }

  /// Waits until the thread has ended. Call it exactly once, on a thread that may block.
  ///
  /// - Returns: Whether the thread ran; false where the system could not start it.
  @discardableResult
  public func join() -> Bool { platform.join() }

  /// The name of the running thread, or nil for one that was not spawned.
  public static var currentName: String? { PlatformThread.currentName }
}
