import Foundation
import Synchronization

/// Control-C, and the request to end that a system sends at shutdown. They cancel what runs, so that it ends what it
/// has started.
enum Interruption {
  private static let lastSignal = Atomic<Int32>(0)
  /// A signal handler may do next to nothing; writing to a pipe is allowed.
  nonisolated(unsafe) private static var writeEnd: Int32 = -1

  /// The signal that came, if one did.
  static var received: Int32? {
    let signal = lastSignal.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// Calls `action` on a thread of its own when the first signal comes. A second one ends the process at once.
  static func onSignal(_ action: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    let readEnd = ends[0]
    writeEnd = ends[1]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while read(readEnd, &byte, 1) != 1 {}
      lastSignal.store(Int32(byte), ordering: .relaxed)
      for signal in [SIGINT, SIGTERM] { Foundation.signal(signal, SIG_DFL) }
      action()
    }
    for signal in [SIGINT, SIGTERM] {
      Foundation.signal(signal) { number in
        var byte = UInt8(number)
        _ = write(Interruption.writeEnd, &byte, 1)
      }
    }
  }
}
