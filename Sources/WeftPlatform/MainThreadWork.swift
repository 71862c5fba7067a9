import CWeftPlatform
import Synchronization

/// What other threads want of the one that JavaScript belongs to, and that it does also while it waits in Swift.
public enum MainThreadWork {
  /// A `@convention(c) () -> Void`, or 0.
  private static let function = Atomic<UInt>(0)

  /// Whether the running thread is the one that has called `init()`.
  public static var isHere: Bool { weft_current_thread() == nil }

  /// Has `work` called on the main thread whenever that waits, from now on. Thread-safe; there is one for a program.
  public static func set(_ work: @convention(c) () -> Void) {
    // Release: pairs with the load below. What the work needs is its own to publish.
    function.store(unsafeBitCast(work, to: UInt.self), ordering: .releasing)
  }

  /// Does what there is. Returns whether there may be more, so that a sleep must be short.
  static func doIfHere() -> Bool {
    let work = function.load(ordering: .acquiring)
    if work == 0 || !isHere { return false }
    unsafeBitCast(work, to: (@convention(c) () -> Void).self)()
    return true
  }
}
