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

/// Traps at the bottom of forks within forks, on whichever thread comes there.
@JS func trapInNestedJoin(_ depth: Int) -> Int {
  if depth == 0 { fatalError() }
  let (a, b) = join({ sumSlowly(depth) }, { trapInNestedJoin(depth - 1) })
  return a + b
}

private func sumSlowly(_ count: Int) -> Int {
  busy(milliseconds: 1)
  return count
}

/// Recurses on a thread of its own until its stack is full: `isInMemory` with frames that lie in memory, else in the engine's.
@JS func overflowStack(isInMemory: Bool) -> Int {
  Thread.spawn(name: "deep", stackSize: 65536) { isInMemory ? fillFrames(70) : Int(nest(1 << 30)) }.join()
}

/// The same on the thread of the pool that runs the call, whose stack has a megabyte.
@JS func overflowOwnStack() -> Int { fillFrames(1040) }

@inline(never)
private func nest(_ depth: Int) -> Double { depth == 0 ? 1 : nest(depth - 1) * 0.5 + 1 }

/// So many frames of a little more than 1000 bytes in memory.
@inline(never)
private func fillFrames(_ depth: Int) -> Int {
  withUnsafeTemporaryAllocation(byteCount: 1000, alignment: 16) { frame in
    frame.initializeMemory(as: UInt8.self, repeating: 7)
    return depth == 0 ? 0 : fillFrames(depth - 1) + Int(frame[depth % 1000])
  }
}

/// A thread traps while it holds the lock that the caller wants.
@JS func trapUnderLock() -> Int {
  let guarded = Guarded()
  Thread.spawn(name: "holder") {
    guarded.value.withLock { _ in
      guarded.isHeld.release()
      busy(milliseconds: 20)
      fatalError()
    }
  }
  guarded.isHeld.acquire()
  return guarded.value.withLock { $0 }
}

private final class Guarded: Sendable {
  let value = Mutex(7)
  let isHeld = Semaphore(permits: 0)
}

/// A thread traps while the caller waits for a message from it.
@JS func trapBeforeSending() -> Int {
  let channel = Channel<Int>()
  Thread.spawn(name: "sender") {
    busy(milliseconds: 20)
    if Thread.current.name != nil { fatalError() }
    channel.send(1)
  }
  return channel.receive() ?? -1
}
