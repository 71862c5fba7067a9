import CWeftPlatform
import Synchronization
import WeftPlatform

/// What a thread remembers of a loop that it begins again and again, so that loops too short to be shared are not offered.
///
/// Loops are told apart by their body's code, where that keeps what it captures, and their length. A loop that comes back every
/// few microseconds takes no longer than that. See README.md.
struct LoopHistory {
  private var key: UInt = 0
  /// When `calls` began to count, in nanoseconds.
  var start: UInt64 = 0
  var calls: UInt64 = 0
  var isShort = false

  /// How many loops a thread remembers.
  static let capacity = 16
  /// How many calls it takes to know how often they come: the clock takes longer than a short loop.
  private static let sample: UInt64 = 64
  /// What takes so many nanoseconds is shared. Below, offering it would be a good part of it; and nobody takes what is published
  /// for a shorter time.
  private static let longest: UInt64 = 5000

  /// Counts a call. Returns whether the loop is known to be short.
  mutating func count(_ key: UInt) -> Bool {
    if self.key != key {
      self = LoopHistory()
      self.key = key
    }
    calls &+= 1
    return calls == LoopHistory.sample ? measure() : isShort
  }

  /// Judges by the time since the last judgement, and returns whether the loop is short. Called early when it was not as short as it was.
  @discardableResult
  mutating func measure() -> Bool {
    // Just judged: no calls take no time.
    if calls == 0 { return isShort }
    let now = monotonicNanoseconds()
    isShort = now &- start < calls &* LoopHistory.longest
    start = now
    calls = 0
    return isShort
  }
}

extension UnsafeMutablePointer where Pointee == Worker {
  @inline(never)
  private func makeHistories() -> UnsafeMutablePointer<LoopHistory> {
    // One that remembers nothing is zeros, which are shorter to write.
    let bytes = LoopHistory.capacity * MemoryLayout<LoopHistory>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: MemoryLayout<LoopHistory>.alignment)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    let histories = memory.bindMemory(to: LoopHistory.self, capacity: LoopHistory.capacity)
    pointee.histories = histories
    return histories
  }

  /// The history of a loop. Its body's words are those of one piece of code and one frame, so far as they tell.
  private func history(_ count: Int, _ body: WeftClosure) -> (UnsafeMutablePointer<LoopHistory>, key: UInt) {
    let key = (UInt(bitPattern: body.function) &+ UInt(bitPattern: count)) &* 31 &+ UInt(bitPattern: body.context) / 16
    return ((pointee.histories ?? makeHistories()) + Int(bitPattern: key % UInt(LoopHistory.capacity)), key)
  }

  /// See `lengthAloneOutOfLine`.
  fileprivate func lengthAlone(_ count: Int, _ minimumLength: Int, _ body: WeftClosure) -> Int {
    let (history, key) = history(count, body)
    if !history.pointee.count(key) { return 0 }
    // Four at once, so that what the compiler has made of the body for several elements is used.
    var length = minimumLength > 1 ? minimumLength : min(count, max(4, count / 8 & ~3))
    if weft_load_hint(self) != 0 {
      // Whoever asks gets an older job, or asks once more, and would not know that it did before.
      publishOldestOutOfLine()
      doubtShortForks()
      if pointee.tail == nil { setRequest(false) }
      // What is still asked for is in a loop around this one, which answers when its next piece begins.
      if weft_load_hint(self) != 0 { length = count }
      // Otherwise it is doubted after its first part.
      if length == count && !history.pointee.measure() { return 0 }
    }
    // Somebody must ask if the loop takes long. Where all sleep it is offered, which wakes one; until that one is there this thread goes on
    // alone.
    return pointee.pool.pointee.sleepers.wouldAllSleepOn ? 0 : length
  }

  /// Called when somebody has asked for work during the first integers of a short loop.
  func doubtShortness(_ count: Int, _ body: WeftClosure) { history(count, body).0.pointee.measure() }
}

@usableFromInline
func lengthAlone(_ count: Int, _ minimumLength: Int, _ body: WeftClosure) -> Int { lengthAloneOutOfLine(count, minimumLength, body) }

/// How many of the first integers of a loop the calling thread does before it offers any to others: none, or some of one that is known
/// to be short, after which it looks whether somebody asks.
@export(interface) @inline(never)
func lengthAloneOutOfLine(_ count: Int, _ minimumLength: Int, _ body: WeftClosure) -> Int {
  Worker.current?.lengthAlone(count, minimumLength, body) ?? 0
}
