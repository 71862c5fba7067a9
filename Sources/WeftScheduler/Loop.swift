import CWeftPlatform
import Synchronization
import WeftPlatform

/// Calls `body` once for each integer of a range, on all threads of the pool that have nothing else to do.
///
/// The calling thread begins at once; others take from what is left. Returns when all calls have returned. The order of the
/// calls is not defined. If `body` throws, no further piece of the range is begun, and the error is thrown when those that run have ended.
@inlinable @inline(__always)
public func parallelFor<Failure: Error>(
  _ range: Range<Int>, _ body: @Sendable (Int) throws(Failure) -> Void
) throws(Failure) {
  let (count, isTooLong) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
  if isTooLong {
    return try parallelHalves(range) { (chunk: Range<Int>) throws(Failure) in
      for index in chunk { try body(index) }
    }
  }
  // Forgotten for the reason that `parallelPieces` has.
  let length = weft_forget(count)
  // Nothing to share: nothing of the loop is needed.
  if length == 1 { return try body(range.lowerBound) }
  // Not with `parallelChunks`: a closure around another takes time to make, and to call.
  try parallelPieces(of: length) { (piece: Range<Int>) throws(Failure) in
    var index = range.lowerBound &+ piece.lowerBound
    let end = range.lowerBound &+ piece.upperBound
    while index < end {
      try body(index)
      index &+= 1
    }
    return true
  }
}

/// Calls `body` for pieces that together are the range, each of at least one integer. Otherwise as ``parallelFor(_:_:)``.
@inlinable @inline(__always)
public func parallelChunks<Failure: Error>(
  _ range: Range<Int>, _ body: @Sendable (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
  let (count, isTooLong) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
  if isTooLong { return try parallelHalves(range, body) }
  try parallelPieces(of: count) { (piece: Range<Int>) throws(Failure) in
    try body(Range(uncheckedBounds: (range.lowerBound &+ piece.lowerBound, range.lowerBound &+ piece.upperBound)))
    return true
  }
}

/// For a range that is longer than the largest integer: one half after the other, which may be too long as well.
@inlinable @inline(never)
func parallelHalves<Failure: Error>(
  _ range: Range<Int>, _ body: @Sendable (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
  let length = UInt(bitPattern: range.upperBound &- range.lowerBound)
  let middle = range.lowerBound &+ Int(bitPattern: length / 2)
  try parallelChunks(range.lowerBound..<middle, body)
  try parallelChunks(middle..<range.upperBound, body)
}

/// Calls `body` for disjoint pieces that together are `0..<count`, on all threads of the pool that have nothing else to do.
///
/// The primitive under all parallel loops. The calling thread runs `body` in its own loop, where the compiler can inline it;
/// the others call it through a pointer, once for each piece. Pieces begin with one unit and grow, as long as nobody asks for
/// work. Returns when all calls have returned.
///
/// - Parameters:
///   - count: How many units of work there are. With 0 or less nothing happens.
///   - minimumLength: Pieces are multiples of it, but for the last one. At least 1.
///   - maximumLength: No piece is longer.
///   - body: Returns whether to go on: after a false no further piece is begun, on any thread.
/// - Throws: What `body` threw for the lowest of the pieces that threw. After an error no further piece is begun.
@inlinable @inline(__always)
public func parallelPieces<Failure: Error>(
  of count: Int, minimumLength: Int = 1, maximumLength: Int = .max,
  _ body: @Sendable (Range<Int>) throws(Failure) -> Bool
) throws(Failure) {
  // Of a body that compares with the same number LLVM knows then that it is not zero, takes out where its loops may be empty, and leaves
  // the check behind it in each round.
  let count = weft_forget(count)
  if count <= 0 { return }
  var outcome = LoopOutcome<Failure>()
  withUnsafeMutablePointer(to: &outcome) { outcome in
    // Holds: `endLoop` returns only when no other thread has a part of the loop, so nobody calls the closure later.
    withBorrowedClosure(over: { (start: Int, end: Int) -> Int in
      do throws(Failure) { return try body(Range(uncheckedBounds: (start, end))) ? 1 : 0 } catch {
        outcome.record(error, at: start)
        return 0
      }
    }) { words in
      withUnsafeTemporaryAllocation(byteCount: MemoryLayout<LoopState>.size, alignment: 16) { memory in
        let loop = memory.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: LoopState.self)
        // This thread does the integers below it before it offers any. One unit cannot be shared: nothing of the loop is needed.
        var alone = count > maximumLength ? 0 : count <= minimumLength ? count : lengthAlone(count, minimumLength, words)
        var base = 0
        while base < count {
          let isAlone = base < alone
          let isGuest = isAlone ? false : beginLoop(loop, base..<count, minimumLength, maximumLength, words)
          var piece = isAlone ? Range(uncheckedBounds: (base, alone)) : loop.nextPiece()
          while !piece.isEmpty {
            var goesOn = false
            do throws(Failure) { goesOn = try body(piece) } catch { outcome.record(error, at: piece.lowerBound) }
            if !goesOn {
              if isAlone { return }
              loop.pointee.isStopped.store(true, ordering: .relaxed)
              break
            }
            if isAlone { break }
            piece = loop.nextPiece()
          }
          if !isAlone {
            base = endLoop(loop, isGuest)
          } else {
            base = alone
            // A hint: the worker's first property. An eighth, up to a half, the rest: what gets long hides half of the loop at most.
            if base < count && weft_load_hint(Worker.current.unsafelyUnwrapped) == 0 { alone = base > count / 4 ? count : base &* 4 }
          }
        }
      }
    }
  }
  if let error = outcome.error { throw error }
}

/// The error of the lowest piece that threw one.
@usableFromInline
struct LoopOutcome<Failure: Error>: ~Copyable {
  @usableFromInline var error: Failure?
  @usableFromInline var position = 0
  @usableFromInline let lock = Atomic<Bool>(false)

  @inlinable @inline(__always)
  init() {}
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  @inlinable
  func record<Failure: Error>(_ error: Failure, at position: Int) where Pointee == LoopOutcome<Failure> {
    // Acquire and release: each thread that records sees what the last one wrote. The loop's end publishes the result.
    var spins = 0
    while pointee.lock.exchange(true, ordering: .acquiring) { backOff(&spins) }
    if pointee.error == nil || position < pointee.position {
      pointee.error = error
      pointee.position = position
    }
    pointee.lock.store(false, ordering: .releasing)
  }
}

@usableFromInline
func beginLoop(
  _ loop: UnsafeMutablePointer<LoopState>, _ range: Range<Int>, _ minimumLength: Int, _ maximumLength: Int, _ body: WeftClosure
) -> Bool {
  beginLoopOutOfLine(loop, range, minimumLength, maximumLength, body)
}

/// Makes the state of a loop and offers it to other threads. Returns whether the calling thread became a guest for it.
@export(interface) @inline(never)
func beginLoopOutOfLine(
  _ loop: UnsafeMutablePointer<LoopState>, _ range: Range<Int>, _ minimumLength: Int, _ maximumLength: Int, _ body: WeftClosure
) -> Bool {
  var isGuest = false
  var worker = Worker.current
  if worker == nil {
    worker = Pool.global.enterAsGuest()
    isGuest = worker != nil
  }
  // Its first part was done alone, or is a loop of its own because the numbers did not fit: then this does no harm.
  if range.lowerBound > 0 { worker?.doubtShortness(range.upperBound, body) }
  let shape = LoopShape(range, minimumLength: minimumLength, maximumLength: maximumLength, body: body)
  // Nothing to share, or nobody to share it with.
  if shape.unitCount == 1 || worker?.pointee.pool.pointee.threadCount.load(ordering: .relaxed) == 1 { worker = nil }
  loop.initialize(to: LoopState(units: 0..<shape.unitCount, of: loop, at: loop, shape: shape, worker: worker))
  loop.offer()
  return isGuest
}

@usableFromInline
func endLoop(_ loop: UnsafeMutablePointer<LoopState>, _ isGuest: Bool) -> Int { endLoopOutOfLine(loop, isGuest) }

/// Waits for the other threads, and returns where a next loop is to begin: the greatest integer if this one was stopped.
@export(interface) @inline(never)
func endLoopOutOfLine(_ loop: UnsafeMutablePointer<LoopState>, _ isGuest: Bool) -> Int {
  loop.finish()
  let end = loop.pointee.isStopped.load(ordering: .relaxed) ? Int.max : loop.pointee.end
  loop.deinitialize(count: 1)
  if isGuest { Pool.global.leaveAsGuest() }
  return end
}
