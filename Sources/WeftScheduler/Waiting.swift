import CWeftPlatform
import Synchronization
import WeftPlatform

/// A thread's wait for the end of something it began.
///
/// Meanwhile it runs only jobs that were forked *inside* what it waits for: these wait for nothing that this thread holds, save
/// what the program locked around the fork itself, where any schedule would deadlock. And broadcasts, which are for it alone.
struct Waiting: ~Copyable {
  private let worker: UnsafeMutablePointer<Worker>?
  private let group: UInt
  private let thief: UnsafePointer<Atomic<UInt>>?
  private var rounds = 0
  /// While it sleeps.
  private var blocked: BlockedWait?

  /// How long a waiting thread sleeps before it looks for work again: what is forked inside wakes nobody here.
  static let nap: Int64 = 200_000
  private static let spinRounds = 400
  /// A job that is run while waiting may wait and help in turn: not without end, since all of it is on one stack. To wait
  /// without helping is always right.
  private static let deepestHelp = 16

  /// - Parameters:
  ///   - worker: The waiting thread's; nil for a thread that is in no pool, which only waits.
  ///   - group: What the jobs that it may run have as their `root`.
  ///   - thief: Where the thread that runs the awaited job says who it is, if it does.
  init(_ worker: UnsafeMutablePointer<Worker>?, group: UInt, thief: UnsafePointer<Atomic<UInt>>?) {
    self.worker = worker
    self.group = group
    self.thief = thief
  }

  /// Does a little of what there is to do, or pauses, or after a while sleeps for a nap on the word that `word` returns, while
  /// it is as that says; unless that is nil.
  @inline(never)
  mutating func step(word: () -> (UnsafeMutablePointer<Atomic<Int32>>, Int32)?) {
    if let worker {
      if worker.hasLetters {
        blocked = nil
        worker.runBroadcasts()
      }
      let depth = worker.pointee.helpDepth
      if depth < Waiting.deepestHelp, let ticket = worker.stealInside(group) {
        // Stored, not `+=`: that is an access to the whole worker, whose hints other threads write.
        worker.pointee.helpDepth = depth + 1
        blocked = nil
        worker.runStolen(ticket)
        worker.pointee.helpDepth = depth
        rounds = 0
        return
      }
      askThief()
    }
    if rounds < Waiting.spinRounds {
      rounds += 1
      weft_pause_shortly()
    } else {
      if blocked == nil { blocked = BlockedWait(for: "work that it has shared with its pool") }
      if let (word, value) = word() { blocked?.sleep(word, while: value, nanoseconds: Waiting.nap) }
    }
  }

  private func askThief() {
    // Relaxed: a hint.
    if let thief, let other = UnsafeMutablePointer<Worker>(bitPattern: thief.pointee.load(ordering: .relaxed)),
      other.pointee.slot.load(ordering: .relaxed) == 0
    {
      if rounds < Waiting.spinRounds { other.setRequest(true) } else { other.ask() }
    }
  }
}
