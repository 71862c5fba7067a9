import Synchronization
import WeftPlatform

/// Calls `body` once for each integer of a range, on all threads of the pool that have nothing else to do.
///
/// The calling thread begins at once; others take what is left, in pieces that shrink towards the end. Returns when all
/// calls have returned. The order of the calls is not defined.
@inlinable
public func parallelFor(_ range: Range<Int>, _ body: @Sendable (Int) -> Void) {
  parallelChunks(range) { chunk in
    for index in chunk { body(index) }
  }
}

/// Calls `body` for pieces that together are the range, each of at least one integer.
@export(interface)
public func parallelChunks(_ range: Range<Int>, _ body: @Sendable (Range<Int>) -> Void) {
  guard let worker = Worker.current else {
    return Pool.global.withGuest { isWorker in
      if isWorker { parallelChunks(range, body) } else if !range.isEmpty { body(range) }
    }
  }
  let remaining = RemainingRange(range, threads: worker.pointee.pool.pointee.threadCount)
  takePart(in: remaining, body)
}

/// Takes pieces of the loop until none is left, and offers the rest to one more thread, which does the same.
private func takePart(in remaining: borrowing RemainingRange, _ body: @Sendable (Range<Int>) -> Void) {
  guard let worker = Worker.current, var piece = remaining.next() else { return }
  withUnsafePointer(to: remaining) { remaining in
    // Offered even if nobody is hungry yet: a thread that becomes so while a long element runs must find the rest.
    _ = fork(
      isOfferedAtOnce: worker.pointee.pool.pointee.threadCount > 1,
      {
        while true {
          body(piece)
          worker.poll()
          guard let next = remaining.pointee.next() else { return }
          piece = next
        }
      },
      // Nothing is left when the calling thread gets to it, so it returns at once there.
      { takePart(in: remaining.pointee, body) })
  }
}

/// The part of a loop's range that nobody has taken yet.
private struct RemainingRange: ~Copyable {
  private let start: Int
  private let count: UInt
  private let threads: UInt
  /// How many integers have been taken; a little more than `count` at the end, when several threads find nothing left.
  private let taken = Atomic<UInt>(0)

  init(_ range: Range<Int>, threads: Int) {
    start = range.lowerBound
    // Right even where the length does not fit in an `Int`.
    count = UInt(bitPattern: range.upperBound &- range.lowerBound)
    self.threads = UInt(bitPattern: threads)
  }

  /// Takes the next piece: a share of what is left that gets smaller towards the end, so that the threads end together.
  borrowing func next() -> Range<Int>? {
    // Relaxed: the pieces are disjoint, and what they write is published by the jobs' ends.
    let seen = taken.load(ordering: .relaxed)
    guard seen < count else { return nil }
    let share = threads == 1 ? count &- seen : max(1, (count &- seen) / (threads &* 4))
    let first = taken.wrappingAdd(share, ordering: .relaxed).oldValue
    guard first < count else { return nil }
    let end = first &+ min(share, count &- first)
    return start &+ Int(bitPattern: first)..<start &+ Int(bitPattern: end)
  }
}

/// Calls `body` for disjoint pieces that together are `0..<count`, on all threads of the pool that have nothing else to do.
///
/// The calling thread runs `body` in its own loop, where the compiler can inline it; the others call it through a pointer,
/// once for each piece. Returns when all calls have returned.
///
/// - Parameters:
///   - minimumLength: No piece is shorter, but for the last one.
///   - maximumLength: No piece is longer.
///   - body: Returns whether to go on: after a false no further piece is begun, on any thread.
@inlinable @inline(__always)
public func parallelPieces(
  of count: Int, minimumLength: Int = 1, maximumLength: Int = .max, _ body: @Sendable (Range<Int>) -> Bool
) {
  let stopped = Atomic<Bool>(false)
  withUnsafePointer(to: stopped) { pointer in
    nonisolated(unsafe) let stopped = pointer
    let units = (count &+ minimumLength &- 1) / minimumLength
    parallelChunks(0..<units) { unitRange in
      var start = unitRange.lowerBound &* minimumLength
      let end = min(count, unitRange.upperBound &* minimumLength)
      while start < end, !stopped.pointee.load(ordering: .relaxed) {
        let stop = min(end, start &+ maximumLength)
        if !body(start..<stop) { stopped.pointee.store(true, ordering: .relaxed) }
        start = stop
      }
    }
  }
}
