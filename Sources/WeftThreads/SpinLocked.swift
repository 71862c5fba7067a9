import WeftPlatform

/// A few words under a spin lock: what the fair locks and the channels keep their queues in. A page may take it.
struct SpinLocked<State>: ~Copyable, Sendable {
  private let spinLock = SpinLock()
  private let cell: ValueCell<State>

  /// `state` is made in its place: otherwise it would be copied three times, field by field.
  init(_ state: @autoclosure () -> sending State) { cell = ValueCell(madeBy: state) }

  /// `body` neither sleeps nor allocates nor calls out.
  @inline(__always)
  borrowing func withLock<Result>(_ body: (inout State) -> Result) -> Result {
    // A name of its own: the thread sanitizer takes a write through `cell` for one to all of this structure.
    let state = cell.address
    return spinLock.withLock { body(&state.pointee) }
  }
}
