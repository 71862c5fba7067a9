import CWeftPlatform
import Synchronization
import WeftPlatform

/// One thread's part in a parallel loop, in the frame of the function that runs the loop.
///
/// The range is counted in units, runs of integers that no piece divides. A unit is in one of three places: in this thread's
/// own *claim*, which only it touches; in `available`, where others take from; or with a thread that took it, as that thread's
/// own part with a state like this one. See README.md.
@usableFromInline
struct LoopState: ~Copyable {
  /// First, so that its address is the state's.
  var job = WeftJob()
  /// The units that anybody may take: the first one in the lower half of the word, the end in the upper.
  let available: Atomic<UInt64>
  /// Whether no further piece is to begin. Used in the first state of a loop only. Relaxed: stops work, publishes nothing.
  @usableFromInline let isStopped = Atomic<Bool>(false)
  /// Whether the thread that began the loop has found nothing left, and waits. In the first state; relaxed: saves helpers' time only.
  let isAwaited = Atomic<Bool>(false)
  /// The state of the thread that began the loop; the group of all that belongs to the loop.
  @usableFromInline let first: UnsafeMutablePointer<LoopState>
  let shape: LoopShape
  /// Nil if no other thread can take part.
  let worker: UnsafeMutablePointer<Worker>?
  /// The worker's, or a word that is never raised.
  @usableFromInline let request: UnsafeRawPointer

  /// This thread's claim: the next unit, and the end.
  @usableFromInline var cursor: UInt
  @usableFromInline var claimEnd: UInt
  /// How many units the next piece has: as many as this part has done, so that the time until the next look at `request` is
  /// about what it has taken so far. At first three times as many: from 16 on, pieces begin where cache lines do.
  @usableFromInline var step: UInt
  @usableFromInline var done: UInt = 0
  /// The most units that the next piece may have.
  @usableFromInline var stepLimit: UInt
  /// Whether other threads have taken part. Then claims and pieces stay small parts of what is left, so that all end together.
  var isShared: Bool
  @usableFromInline let unitLength: Int
  /// Where the first unit begins, and where the last one ends.
  @usableFromInline let start: Int
  @usableFromInline let end: Int
  /// Tickets that other threads took, to be waited for.
  var stolen: UnsafeMutablePointer<Ticket>?

  /// In the first state: guards the list of the other threads' parts, and keeps them alive while somebody looks at them.
  let partsLock = SpinLock()
  /// In the first state the newest of the other threads' parts, in each of these the next older one.
  var parts: UnsafeMutablePointer<LoopState>?

  init(
    units: Range<UInt>, of first: UnsafeMutablePointer<LoopState>, at state: UnsafeMutablePointer<LoopState>, shape: LoopShape,
    worker: UnsafeMutablePointer<Worker>?
  ) {
    self.first = first
    self.shape = shape
    self.worker = worker
    unitLength = shape.unitLength
    start = shape.range.lowerBound
    end = shape.range.upperBound
    stepLimit = shape.maximumStep
    isShared = first != state
    cursor = units.lowerBound
    if let worker {
      // The first unit alone may take long, and must not hide those behind it.
      claimEnd = units.lowerBound &+ 1
      available = Atomic(LoopState.word(claimEnd, units.upperBound))
      // The request is a worker's first property.
      request = UnsafeRawPointer(worker)
      step = 1
    } else {
      claimEnd = units.upperBound
      available = Atomic(0)
      request = weft_never_raised()
      step = shape.maximumStep
    }
  }

  // Not `UInt64(end)`, which is a call where an integer has 32 bits.
  static func word(_ start: UInt, _ end: UInt) -> UInt64 { UInt64(_truncatingBits: end) &<< 32 | UInt64(_truncatingBits: start) }
  /// Where to divide units, two at least: in a long run of them where a cache line may begin.
  static func middle(_ start: UInt, _ end: UInt) -> UInt {
    let middle = start &+ (end &- start) / 2
    return end &- start < 64 ? middle : middle & ~15
  }
  static func bounds(of word: UInt64) -> (start: UInt, end: UInt) { (UInt(word & 0xFFFF_FFFF), UInt(word >> 32)) }
}

/// What is the same for all parts of a loop.
struct LoopShape {
  let range: Range<Int>
  let unitLength: Int
  let unitCount: UInt
  /// The most units a piece may have.
  let maximumStep: UInt
  /// The body, called by the threads that help.
  let body: WeftClosure

  /// The longest step where the caller has set no limit: some microseconds of the shortest work there is.
  private static let longestStep = 1 << 14

  /// A loop over the range, or over its beginning where the numbers of its units would not fit in 31 bits.
  init(_ range: Range<Int>, minimumLength: Int, maximumLength: Int, body: WeftClosure) {
    if minimumLength < 1 || maximumLength < minimumLength {
      fail("A loop's pieces need a minimum length of at least 1, and a maximum length that is not below it")
    }
    self.body = body
    unitLength = minimumLength
    var count = range.upperBound &- range.lowerBound
    #if !arch(wasm32)
      count = min(count, unitLength.multipliedReportingOverflow(by: 1 << 31).overflow ? count : unitLength << 31)
    #endif
    self.range = Range(uncheckedBounds: (range.lowerBound, range.lowerBound &+ count))
    let longest = min(maximumLength, LoopShape.longestStep)
    // Divisions take longer than all the rest here.
    unitCount = UInt(bitPattern: unitLength == 1 ? count : (count &- 1) / unitLength &+ 1)
    maximumStep = UInt(bitPattern: unitLength == 1 ? longest : max(1, longest / unitLength))
  }
}

// What the thread whose part it is does with it.
extension UnsafeMutablePointer where Pointee == LoopState {
  /// Offers the part to other threads: at once, so that a thread which becomes idle during a long element finds the rest.
  func offer() {
    guard let worker = pointee.worker else { return }
    pointee.job.body = weft_loop_closure(self)
    pointee.job.previous = UInt(bitPattern: worker.pointee.tail) | UInt(weft_job_loop)
    worker.pointee.tail = job
    worker.publishOldest()
  }

  private var job: UnsafeMutablePointer<WeftJob> { UnsafeMutableRawPointer(self).assumingMemoryBound(to: WeftJob.self) }

  /// The next piece of this thread's own part; empty at the end.
  @inlinable @inline(__always)
  func nextPiece() -> Range<Int> {
    if pointee.cursor >= pointee.claimEnd || weft_load_hint(pointee.request) != 0
      || pointee.first.pointee.isStopped.load(ordering: .relaxed), !refill()
    {
      return 0..<0
    }
    let start = pointee.cursor
    let end = start &+ min(pointee.step, pointee.claimEnd &- start)
    pointee.cursor = end
    pointee.done &+= end &- start
    pointee.step = min(pointee.done < 16 ? pointee.done &* 3 : pointee.done, pointee.stepLimit)
    let unitLength = pointee.unitLength
    let lower = pointee.start &+ Int(bitPattern: start) &* unitLength
    // Not the sum for the last unit, which may be shorter and the sum too large.
    let length = min((end &- start) &* UInt(bitPattern: unitLength), UInt(bitPattern: pointee.end &- lower))
    return Range(uncheckedBounds: (lower, lower &+ Int(bitPattern: length)))
  }

  @usableFromInline
  func refill() -> Bool { refillOutOfLine() }

  /// Shares if somebody asks, and claims more if the claim is used up. Returns false when nothing is left.
  @export(interface) @inline(never)
  func refillOutOfLine() -> Bool {
    if pointee.first.pointee.isStopped.load(ordering: .relaxed) { return false }
    if weft_load_hint(pointee.request) != 0 { share() }
    if pointee.cursor < pointee.claimEnd { return true }
    var word = pointee.available.load(ordering: .relaxed)
    while true {
      let (start, end) = LoopState.bounds(of: word)
      if start >= end { return claimFromOthers() }
      // Little, so that whoever comes during a long piece finds the rest: twice what has been done, which makes few claims of a
      // long loop, or once others take part an eighth, so that all end together.
      var length = pointee.done < 16 ? pointee.step : pointee.done &* 2
      if pointee.isShared {
        let eighth = (end &- start) / 8
        length = eighth < 16 ? max(1, eighth) : eighth & ~15
      }
      let claimEnd = start &+ min(length, end &- start)
      // Relaxed: the units are disjoint, and what they write is published by the tickets' ends.
      let (done, current) = pointee.available.weakCompareExchange(
        expected: word, desired: LoopState.word(claimEnd, end), ordering: .relaxed)
      if done {
        pointee.cursor = start
        pointee.claimEnd = claimEnd
        limitStep()
        return true
      }
      word = current
    }
  }

  /// Claims units of another thread's part, when the first part is used up: the calling thread's pieces run inlined, and may be
  /// much faster than those that it would run as a helper of the others.
  private func claimFromOthers() -> Bool {
    guard pointee.isShared, pointee.first == self, let units = takeSome() else { return false }
    pointee.cursor = units.lowerBound
    pointee.claimEnd = units.upperBound
    limitStep()
    return true
  }

  /// Answers a request: makes sure that there is something to take, and that somebody can take it.
  private func share() {
    guard let worker = pointee.worker else { return }
    reap()
    let (start, end) = LoopState.bounds(of: pointee.available.load(ordering: .relaxed))
    var hasUnits = start < end
    let own = pointee.claimEnd &- pointee.cursor
    if !hasUnits && own >= 2 {
      let middle = LoopState.middle(pointee.cursor, pointee.claimEnd)
      // Relaxed: whoever takes of it has the loop's ticket, whose publication comes later or is not needed. While nothing is
      // available nobody else writes.
      pointee.available.store(LoopState.word(middle, pointee.claimEnd), ordering: .relaxed)
      pointee.claimEnd = middle
      hasUnits = true
    }
    limitStep()
    // If there is none in the loop, one of the older jobs. If there is nothing at all the request stays: who asks twice in vain is to know.
    if hasUnits || job.isPublished || job.older != nil { worker.publishOldest() }
  }

  /// Notes it when the loop's ticket was taken. The loop's job is private then, and can be published once more.
  private func reap() {
    guard job.isPublished, let worker = pointee.worker else { return }
    let ticket = job.ticket
    if worker.pointee.slot.load(ordering: .relaxed) == UInt(bitPattern: ticket) { return }
    pointee.job.previous = UInt(bitPattern: ticket.pointee.previous) | UInt(weft_job_loop)
    ticket.pointee.next = pointee.stolen
    pointee.stolen = ticket
    pointee.isShared = true
  }

  /// Keeps the pieces of a shared loop's claim small parts of it.
  @inline(never)
  private func limitStep() {
    guard pointee.isShared else { return }
    let quarter = (pointee.claimEnd &- pointee.cursor) / 4
    pointee.stepLimit = min(pointee.shape.maximumStep, max(1, quarter < 16 ? quarter : quarter & ~15))
    pointee.step = min(pointee.step, pointee.stepLimit)
  }

  /// Takes the part off the list and waits for those who took some of it.
  @inline(never)
  func finish() {
    guard let worker = pointee.worker else { return }
    if job.isPublished {
      let ticket = job.ticket
      worker.pointee.tail = ticket.pointee.previous
      if !worker.takeBack(ticket) {
        ticket.pointee.next = pointee.stolen
        pointee.stolen = ticket
      }
    } else {
      worker.pointee.tail = job.older
    }
    if pointee.stolen != nil { pointee.isAwaited.store(true, ordering: .relaxed) }
    while let ticket = pointee.stolen {
      pointee.stolen = ticket.pointee.next
      // Also right for a ticket that was given back: nothing was taken with it, and this thread has run what was left.
      _ = worker.wait(for: ticket)
      worker.freeTicket(ticket)
    }
  }

  /// Takes half of what is available, from the end. Called by other threads.
  @inline(never)
  private func takeHalf() -> Range<UInt>? {
    var word = pointee.available.load(ordering: .relaxed)
    while true {
      let (start, end) = LoopState.bounds(of: word)
      if start >= end { return nil }
      let middle = end &- start == 1 ? start : LoopState.middle(start, end)
      let (done, current) = pointee.available.weakCompareExchange(
        expected: word, desired: LoopState.word(start, middle), ordering: .relaxed)
      if done { return middle..<end }
      word = current
    }
  }

  /// Takes units from any thread's part of the loop. Called on the first state, by helping threads.
  @inline(never)
  fileprivate func takeSome() -> Range<UInt>? {
    if let units = takeHalf() { return units }
    return pointee.partsLock.withLock {
      var part = pointee.parts
      while let current = part {
        if let units = current.takeHalf() { return units }
        part = current.pointee.parts
      }
      return nil
    }
  }

  /// Makes a helping thread's part known to the others. Called on the first state.
  fileprivate func add(_ part: UnsafeMutablePointer<LoopState>) {
    pointee.partsLock.withLock {
      part.pointee.parts = pointee.parts
      pointee.parts = part
    }
  }

  fileprivate func remove(_ part: UnsafeMutablePointer<LoopState>) {
    pointee.partsLock.withLock {
      var newer = self
      while let current = newer.pointee.parts, current != part { newer = current }
      newer.pointee.parts = part.pointee.parts
    }
  }
}

@_cdecl("weft_help")
func help(_ loop: UnsafeMutableRawPointer) {
  // Holds: only a worker's thread runs jobs.
  Worker.current.unsafelyUnwrapped.help(loop.assumingMemoryBound(to: LoopState.self))
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// Takes part in another thread's loop until nothing of its part is left to take.
  fileprivate func help(_ loop: UnsafeMutablePointer<LoopState>) {
    let first = loop.pointee.first
    var rounds = 0
    while !first.pointee.isStopped.load(ordering: .relaxed) {
      if let units = first.takeSome() {
        run(units, of: first)
        rounds = 0
      } else if rounds < 300 && !first.pointee.isAwaited.load(ordering: .relaxed) {
        // All that is left is claimed. Whose claim is long gives some back when it sees the request; but nobody is to wait for this thread.
        rounds += 1
        weft_pause_shortly()
      } else {
        return
      }
    }
  }

  private func run(_ units: Range<UInt>, of first: UnsafeMutablePointer<LoopState>) {
    let body = first.pointee.shape.body
    withUnsafeTemporaryAllocation(of: LoopState.self, capacity: 1) { memory in
      let part = memory.baseAddress.unsafelyUnwrapped
      part.initialize(to: LoopState(units: units, of: first, at: part, shape: first.pointee.shape, worker: self))
      first.add(part)
      part.offer()
      while true {
        let piece = part.nextPiece()
        if piece.isEmpty { break }
        if weft_range_closure_call(body, piece.lowerBound, piece.upperBound) == 0 {
          first.pointee.isStopped.store(true, ordering: .relaxed)
          break
        }
      }
      first.remove(part)
      part.finish()
      part.deinitialize(count: 1)
    }
  }
}
