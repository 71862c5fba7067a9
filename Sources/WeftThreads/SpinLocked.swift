import WeftPlatform

/// A few words under a spin lock: what the fair locks and the channels keep their queues in. A page may take it.
struct SpinLocked<State>: ~Copyable, Sendable {
  private let spinLock = SpinLock()
  private let cell: ValueCell<State>

  init(_ state: sending State) { cell = ValueCell(state) }

  /// `body` neither sleeps nor allocates nor calls out.
  @inline(__always)
  borrowing func withLock<Result>(_ body: (inout State) -> Result) -> Result {
    spinLock.withLock { body(&cell.address.pointee) }
  }
}
