import Synchronization
import WeftPlatform

/// A choice among channels, without the elements' types.
///
/// Belongs to one thread.
public struct RawSelect: ~Copyable {
  private var cases: [Case] = []
  private var order: [Int] = []
  private var random: UInt32

  // Selects begin with different choices. Relaxed: only a number.
  private static let seeds = Atomic<UInt32>(1)

  struct Case {
    let channel: RawChannel
    let isSend: Bool
    let payload: UnsafeMutableRawPointer
    let finish: (RawChannel.Outcome?) -> Void
  }

  /// Makes one without cases.
  @export(interface)
  public init() { random = RawSelect.seeds.wrappingAdd(0x9E37_79B9, ordering: .relaxed).newValue | 1 }

  deinit {
    for each in cases { each.finish(nil) }
  }

  /// Adds a case.
  ///
  /// - Parameters:
  ///   - channel: Where it sends, or receives.
  ///   - isSend: Whether it sends.
  ///   - payload: Where the element is taken from, or put. Freed by `finish`.
  ///   - finish: Called when the case was chosen, or with nil when it never will be.
  @export(interface)
  public mutating func add(
    _ channel: RawChannel, isSend: Bool, payload: UnsafeMutableRawPointer, finish: @escaping (RawChannel.Outcome?) -> Void
  ) {
    order.append(cases.count)
    cases.append(Case(channel: channel, isSend: isSend, payload: payload, finish: finish))
  }

  /// Whether all cases are over.
  @export(interface)
  public var isEmpty: Bool { cases.isEmpty }

  /// Waits until one of the cases can be done, and does it. Returns false after the deadline, or if there is no case.
  @export(interface)
  public mutating func wait(until deadline: Deadline) -> Bool {
    if cases.isEmpty { return false }
    var spins = 0
    while true {
      if let (index, outcome) = attempt() ?? (deadline.remaining == 0 ? nil : sleepInAll(until: deadline)) {
        end(index, outcome)
        return true
      }
      if deadline.remaining == 0 { return false }
      // Two selects may have met, each seeing the other just before it stepped back.
      backOff(&spins)
    }
  }

  /// Does the first case that needs no wait, in an order that changes each time.
  private mutating func attempt() -> (Int, RawChannel.Outcome)? {
    var left = order.count
    while left > 0 {
      random ^= random << 13
      random ^= random >> 17
      random ^= random << 5
      order.swapAt(Int(random % UInt32(left)), left - 1)
      left -= 1
      let index = order[left]
      let each = cases[index]
      let outcome = each.isSend ? each.channel.send(from: each.payload, until: .now) : each.channel.receive(into: each.payload, until: .now)
      if outcome != .notReady { return (index, outcome) }
    }
    return nil
  }

  /// Waits in the queues of all channels until another thread has done one of the cases. Nil if none was done: the deadline has
  /// come, or one of the channels was ready and is to be tried.
  private borrowing func sleepInAll(until deadline: Deadline) -> (Int, RawChannel.Outcome)? {
    withUnsafeTemporaryAllocation(of: Signal.self, capacity: 1) { signal in
      let signal = signal.baseAddress.unsafelyUnwrapped
      signal.initialize(to: Signal())
      return withUnsafeTemporaryAllocation(of: Waiter.self, capacity: cases.count) { waiters in
        let waiters = waiters.baseAddress.unsafelyUnwrapped
        var queued = 0
        while queued < cases.count {
          let each = cases[queued]
          (waiters + queued).initialize(to: Waiter(signal: signal, payload: each.payload, index: Int32(queued)))
          if !each.channel.enqueue(waiters + queued, isSend: each.isSend) { break }
          queued += 1
        }
        // While it waits in some queues it must not do a case itself: another thread might do one for it meanwhile.
        let ended =
          queued == cases.count ? signal.wait(until: deadline, for: "one of several Channels") : signal.cancel() ? nil : signal.outcome()
        for index in 0..<queued { cases[index].channel.dequeue(waiters + index, isSend: cases[index].isSend) }
        return ended.map { (Int($0 >> 1), RawChannel.Outcome($0)) }
      }
    }
  }

  /// A case that sends is over when it was chosen, and one that receives when its channel is closed.
  private mutating func end(_ index: Int, _ outcome: RawChannel.Outcome) {
    let chosen = cases[index]
    if chosen.isSend || outcome == .closed {
      cases.remove(at: index)
      order = Array(0..<cases.count)
    }
    chosen.finish(outcome)
  }
}
