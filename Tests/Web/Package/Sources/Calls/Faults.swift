import Weft
import WeftPlatform

/// Traps as soon as a thread of the pool takes part, while the caller has work and then waits.
@JS func trapOnPoolThread() {
  parallelFor(0..<300) { _ in
    if Thread.current.name != nil { fatalError() }
    busy(milliseconds: 1)
  }
}

/// Asks for memory until there is none, on a thread of the pool.
@JS func exhaustOnPoolThread() -> Int {
  parallelFor(0..<300) { _ in
    if Thread.current.name != nil { _ = grownArray() }
    busy(milliseconds: 1)
  }
  return 0
}

/// Asks for memory until there is none, as an array that grows.
@JS func exhaust() -> Int { grownArray() }

private func grownArray() -> Int {
  var values: [[UInt8]] = []
  while true { values.append([UInt8](repeating: 1, count: 100_000)) }
}

/// Waits for a thread that traps.
@JS func joinTrappedThread() {
  Thread.spawn(name: "doomed") { fatalError() }.join()
}
