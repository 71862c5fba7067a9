import Synchronization
import WeftPlatform

/// What a thread of a traced pool does.
enum TraceEvent {
  case fork, steal, run, call, sleep

  /// Whether it has no duration.
  var isInstant: Bool {
    switch self {
    case .fork, .steal: true
    default: false
    }
  }

  var name: StaticString {
    switch self {
    case .fork: "fork"
    case .steal: "steal"
    case .run: "run"
    case .call: "call"
    case .sleep: "sleep"
    }
  }
}

/// The newest events of one thread. Touched by that thread only.
struct TraceRing: ~Copyable {
  struct Entry {
    var event: TraceEvent
    /// Nanoseconds.
    var start: UInt64
    var end: UInt64
  }

  /// How many events are kept: the newest.
  static let capacity = 1 << 13

  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
  private var count = 0

  deinit { entries.deallocate() }

  mutating func record(_ event: TraceEvent, from start: UInt64, to end: UInt64) {
    (entries + count % TraceRing.capacity).initialize(to: Entry(event: event, start: start, end: end))
    count += 1
  }

  /// Calls `body` with the events, the oldest first, and forgets them.
  mutating func removeAll(_ body: (Entry) -> Void) {
    for index in max(0, count - TraceRing.capacity)..<count { body(entries[index % TraceRing.capacity]) }
    count = 0
  }
}

extension UnsafeMutablePointer where Pointee == Worker {
  /// The time, if the pool is traced; else 0. To be called on slow paths only: then it costs one load.
  var traceTime: UInt64 {
    // Relaxed: what is recorded stays with this thread.
    pointee.pool.pointee.tracedSince.load(ordering: .relaxed) == 0 ? 0 : monotonicNanoseconds()
  }

  /// Records something that began at a `traceTime`; nothing if that was 0.
  @inline(never)
  func trace(_ event: TraceEvent, since start: UInt64) {
    if start == 0 { return }
    if pointee.trace == nil {
      let ring = UnsafeMutablePointer<TraceRing>.allocate(capacity: 1)
      ring.initialize(to: TraceRing())
      pointee.trace = ring
    }
    pointee.trace.unsafelyUnwrapped.pointee.record(event, from: start, to: monotonicNanoseconds())
  }

  /// Records something without duration.
  func trace(_ event: TraceEvent) { trace(event, since: traceTime) }
}

extension Pool {
  /// Begins to record what each thread does: forks that are handed over, steals, the jobs and calls it runs, its sleep.
  ///
  /// Each thread keeps its newest 8192 events. While nothing is recorded tracing costs nothing.
  public func startTracing() { state.pointee.tracedSince.store(monotonicNanoseconds(), ordering: .relaxed) }

  /// Ends the recording and returns it in the Chrome trace format, JSON in UTF-8, which Perfetto and the browsers' own tools
  /// open. Each thread hands its events over when it has nothing else to do or waits; returns when all have.
  ///
  /// - Parameter type: What the bytes are to be put into.
  public func stopTracing<Bytes: RangeReplaceableCollection<UInt8> & Sendable>(into type: Bytes.Type = [UInt8].self) -> Bytes {
    let begin = state.pointee.tracedSince.exchange(0, ordering: .relaxed)
    let lanes = broadcast { index in
      var lane = TraceWriter<Bytes>()
      lane.nameThread(index)
      // What was under way when the recording before was read was written down after that: it is no part of this one.
      Worker.current?.pointee.trace?.pointee.removeAll { if $0.start >= begin { lane.append($0, thread: index) } }
      return lane.bytes
    }
    var bytes = Bytes()
    bytes.append(UInt8(ascii: "["))
    for lane in lanes {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: lane)
    }
    bytes.append(UInt8(ascii: "]"))
    return bytes
  }
}
