import WeftPlatform

/// The moment at which a wait gives up.
///
/// All timeouts of locks, channels and their kin are a `Duration` from now; zero or less means that the call only tries.
public struct Deadline: Sendable {
  // As `monotonicNanoseconds`; the greatest value is never.
  private let moment: UInt64

  private init(moment: UInt64) { self.moment = moment }

  /// No end. A wait that nobody will ever end is an error of the program.
  @export(interface)
  public static var never: Deadline { Deadline(moment: .max) }

  /// A wait that does not wait.
  @export(interface)
  public static var now: Deadline { Deadline(moment: 0) }

  /// `timeout` from now. More than 292 years are as good as never.
  @export(interface)
  public static func after(_ timeout: Duration) -> Deadline {
    let (seconds, attoseconds) = timeout.components
    if seconds < 0 || attoseconds < 0 || (seconds == 0 && attoseconds == 0) { return .now }
    if seconds >= 9_000_000_000 { return .never }
    return Deadline(moment: monotonicNanoseconds() + UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds) / 1_000_000_000)
  }

  var isNever: Bool { moment == .max }

  /// What is left in nanoseconds: 0 when it has passed, -1 for no end.
  var remaining: Int64 {
    if moment == .max { return -1 }
    if moment == 0 { return 0 }
    let now = monotonicNanoseconds()
    return now < moment ? Int64(bitPattern: moment &- now) : 0
  }
}
