import CWeftPlatform
import WeftPlatform
import WeftThreads

extension Channel where Element: Copyable {
  /// Receives, and looks for some 40 µs before it sleeps.
  ///
  /// Between two instances an answer takes longer than a channel looks by itself, some 10 µs; and to sleep and to be woken twice takes four
  /// times as long as the rest of a call (`Benchmarks/compare --messages`).
  func receiveSoon() -> Element? {
    guard canStartThreads && availableParallelism > 1 else { return receive() }
    for _ in 0..<20 {
      switch receiveIfReady() {
      case .received(let element): return element
      case .closed: return nil
      case .empty: weft_pause_a_while()
      }
    }
    return receive()
  }
}
