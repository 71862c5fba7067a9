#if DEBUG && (arch(wasm32) || arch(wasm64))
  import CWeftPlatform
  import Synchronization

  /// What a thread waits for. Written by the thread, read by those that look for deadlocks.
  struct WaitReason: ~Copyable {
    /// Of the reason's bytes; 0 while the thread does not wait.
    let address = Atomic<UInt>(0)
    let count = Atomic<Int>(0)

    /// The first thread's, which has no record.
    static let ofMain = WaitReason()
  }

  /// One wait, and how long nothing has changed.
  struct DeadlockWatch {
    /// Counts the beginnings and ends of waits. Relaxed: whoever sees it unchanged for a second looks at settled things.
    private static let changes = Atomic<Int>(0)
    /// So often, 50 ms apart, everybody must have been seen waiting.
    private static let mostSightings = 20

    /// Of the wait within which this one is.
    private let outer: (UInt, Int)
    private var seenChanges = 0
    private var sightings = 0
    private var lastLook = monotonicNanoseconds()

    init(_ reason: StaticString) {
      outer = DeadlockWatch.withOwnReason { ($0.address.load(ordering: .relaxed), $0.count.load(ordering: .relaxed)) }
      DeadlockWatch.set(UInt(bitPattern: reason.utf8Start), reason.utf8CodeUnitCount)
    }

    func end() { DeadlockWatch.set(outer.0, outer.1) }

    private static func set(_ address: UInt, _ count: Int) {
      withOwnReason {
        $0.count.store(count, ordering: .relaxed)
        // Release: pairs with the acquire in `forEachThread`, publishes the count.
        $0.address.store(address, ordering: .releasing)
      }
      changes.wrappingAdd(1, ordering: .relaxed)
    }

    private static func withOwnReason<Result>(_ body: (borrowing WaitReason) -> Result) -> Result {
      guard let thread = weft_current_thread()?.assumingMemoryBound(to: ThreadRecord.self) else { return body(WaitReason.ofMain) }
      return body(thread.pointee.waitReason)
    }

    /// Stops the program if nobody has gone on for a second, and nobody can.
    mutating func check() {
      let now = monotonicNanoseconds()
      if now &- lastLook < 45_000_000 { return }
      lastLook = now
      let changes = DeadlockWatch.changes.load(ordering: .relaxed)
      let isStill = changes == seenChanges && DeadlockWatch.everybodyWaits
      seenChanges = changes
      sightings = isStill ? sightings + 1 : 0
      if sightings >= DeadlockWatch.mostSightings { DeadlockWatch.report() }
    }

    /// A pool's thread that has nothing to do may still be called by a page, but by nobody if the first thread waits, too.
    private static var everybodyWaits: Bool {
      var result = !mainThreadMayBlock || WaitReason.ofMain.address.load(ordering: .acquiring) != 0
      AllThreads.withEach { thread in
        let isIdle = thread.pointee.activity.load(ordering: .relaxed) == ThreadActivity.idle.rawValue
        if thread.pointee.waitReason.address.load(ordering: .acquiring) == 0 && !(isIdle && mainThreadMayBlock) { result = false }
      }
      return result
    }

    private static func report() -> Never {
      var line = Line()
      line.add("Deadlock: every thread waits for another one.")
      if mainThreadMayBlock {
        line.add(" main waits for ")
        line.add(WaitReason.ofMain)
      }
      AllThreads.withEach { thread in
        line.add(" ")
        thread.pointee.name.withBytes { line.add($0.baseAddress.unsafelyUnwrapped, $0.count) }
        line.add(" waits for ")
        line.add(thread.pointee.waitReason)
      }
      weft_print_line(line.bytes, UInt(line.count))
      weft_trap()
    }

    /// A message that is put together, as far as it fits.
    private struct Line {
      let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1000)
      var count = 0

      mutating func add(_ text: StaticString) { add(text.utf8Start, text.utf8CodeUnitCount) }

      mutating func add(_ reason: borrowing WaitReason) {
        guard let address = UnsafePointer<UInt8>(bitPattern: reason.address.load(ordering: .acquiring)) else { return add("work.") }
        add(address, reason.count.load(ordering: .relaxed))
        add(".")
      }

      mutating func add(_ text: UnsafePointer<UInt8>, _ length: Int) {
        let length = min(length, 1000 - count)
        (bytes + count).update(from: text, count: length)
        count += length
      }
    }
  }
#endif
