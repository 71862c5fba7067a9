import Synchronization
import WeftPlatform

/// A ``Channel`` that does not know the type of its elements: it moves them by their bytes. The README beside the sources explains it.
///
/// So no program compiles this code again for its elements. Swift's values may be moved by their bytes, but for one that holds an
/// Objective-C object weakly, without a class around it.
public final class RawChannel: Sendable {
  let state: SpinLocked<State>
  private let stride: Int
  private let alignment: Int
  private let isUnbounded: Bool

  /// How an attempt ended.
  public enum Outcome: Int32, Sendable {
    /// An element was sent or received.
    case done = 0
    /// The channel is closed, and holds nothing to receive.
    case closed = 1
    /// Nothing was sent or received in time.
    case notReady = 2
  }

  // Its pointers are only followed under the spin lock.
  struct State: @unchecked Sendable {
    let capacity: Int
    let stride: Int
    var isClosed = false
    // A ring; `slots` are allocated, `count` from `head` on hold elements.
    var buffer: UnsafeMutableRawPointer
    var slots: Int
    var head = 0
    var count = 0
    // At most one of the two has waiters whose wait is open, unless these are of the same select.
    var senders = WaitQueue()
    var receivers = WaitQueue()
  }

  /// - Parameters:
  ///   - capacity: How many elements it holds; 0 for none, `Int.max` for as many as there are.
  ///   - stride: Bytes of an element.
  ///   - alignment: That of an element, in bytes.
  @export(interface)
  public init(capacity: Int, stride: Int, alignment: Int) {
    if capacity < 0 { fail("A Channel's capacity is at least 0") }
    self.stride = stride
    self.alignment = alignment
    isUnbounded = capacity == .max
    let slots = isUnbounded ? 16 : capacity
    let buffer = RawChannel.allocate(slots, stride, alignment)
    state = SpinLocked(State(capacity: capacity, stride: stride, buffer: buffer, slots: slots))
  }

  deinit {
    // The elements were taken out by the owner, which knows their type.
    state.withLock { $0.buffer }.deallocate()
  }

  private static func allocate(_ slots: Int, _ stride: Int, _ alignment: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer.allocate(byteCount: max(slots * stride, 1), alignment: alignment)
  }

  /// Moves the element at `payload` into the channel, if the outcome is `done`.
  @export(interface)
  public func send(from payload: UnsafeMutableRawPointer, until deadline: Deadline) -> Outcome {
    while true {
      let (outcome, receiver) = sendNow(from: payload)
      // Outside of the lock: this wakes a thread.
      receiver?.finish(.done)
      if let outcome { return outcome }
      if isUnbounded {
        grow()
        continue
      }
      if deadline.remaining == 0 { return .notReady }
      if let outcome = wait(payload, until: deadline, isSend: true) { return outcome }
    }
  }

  /// Moves an element out of the channel to `payload`, if the outcome is `done`.
  @export(interface)
  public func receive(into payload: UnsafeMutableRawPointer, until deadline: Deadline) -> Outcome {
    while true {
      let (outcome, sender) = receiveNow(into: payload)
      sender?.finish(.done)
      if let outcome { return outcome }
      if deadline.remaining == 0 { return .notReady }
      if let outcome = wait(payload, until: deadline, isSend: false) { return outcome }
    }
  }

  /// Closes the channel; whoever waits learns of it.
  @export(interface)
  public func close() {
    let (senders, receivers) = state.withLock { state in
      state.isClosed = true
      return (state.senders.popAllClaimed().chain, state.receivers.popAllClaimed().chain)
    }
    finishAll(senders) { $0.outcome(.closed) }
    finishAll(receivers) { $0.outcome(.closed) }
  }

  /// Whether the channel is closed. Elements may still be in it.
  @export(interface)
  public var isClosed: Bool { state.withLock { $0.isClosed } }

  /// How many elements are in the channel: outdated as soon as it is known.
  @export(interface)
  public var count: Int { state.withLock { $0.count } }

  // MARK: without waiting

  /// The outcome is nil if the sender would have to wait, or the ring to grow. Whoever received is to be told.
  private func sendNow(from payload: UnsafeMutableRawPointer) -> (Outcome?, UnsafeMutablePointer<Waiter>?) {
    state.withLock { state in
      if state.isClosed { return (.closed, nil) }
      if let receiver = state.receivers.popClaimed() {
        receiver.pointee.payload.unsafelyUnwrapped.copyMemory(from: payload, byteCount: stride)
        return (.done, receiver)
      }
      if state.count == state.slots { return (nil, nil) }
      state.append(payload)
      return (.done, nil)
    }
  }

  private func receiveNow(into payload: UnsafeMutableRawPointer) -> (Outcome?, UnsafeMutablePointer<Waiter>?) {
    state.withLock { state in
      if state.count > 0 {
        state.removeFirst(into: payload)
        // A sender that waits for room has it now.
        guard let sender = state.senders.popClaimed() else { return (.done, nil) }
        state.append(sender.pointee.payload.unsafelyUnwrapped)
        return (.done, sender)
      }
      if let sender = state.senders.popClaimed() {
        payload.copyMemory(from: sender.pointee.payload.unsafelyUnwrapped, byteCount: stride)
        return (.done, sender)
      }
      return (state.isClosed ? .closed : nil, nil)
    }
  }

  /// Makes the ring of an unbounded channel larger.
  private func grow() {
    let slots = state.withLock { $0.slots }
    let larger = RawChannel.allocate(slots * 2, stride, alignment)
    // Allocated and freed outside of the lock. Another thread may have been faster.
    let unused = state.withLock { $0.slots == slots ? $0.replaceBuffer(larger, slots: slots * 2) : larger }
    unused.deallocate()
  }

  // MARK: waiting

  /// Waits in the queue until another thread has done this one's part. Nil if it is to try again.
  private func wait(_ payload: UnsafeMutableRawPointer, until deadline: Deadline, isSend: Bool) -> Outcome? {
    withWaiter(payload: payload) { waiter in
      if !enqueue(waiter, isSend: isSend) { return nil }
      let reason: StaticString = isSend ? "room in a Channel" : "a Channel's next element"
      if let ended = waiter.pointee.signal.wait(until: deadline, for: reason) { return Outcome(ended) }
      dequeue(waiter, isSend: isSend)
      return .notReady
    }
  }

  /// Puts a waiter into the queue, unless there is something for it to do now.
  func enqueue(_ waiter: UnsafeMutablePointer<Waiter>, isSend: Bool) -> Bool {
    state.withLock { state in
      if state.isClosed { return false }
      if isSend {
        if state.count < state.capacity || state.receivers.hasOther(than: waiter.pointee.signal) { return false }
        state.senders.append(waiter)
      } else {
        if state.count > 0 || state.senders.hasOther(than: waiter.pointee.signal) { return false }
        state.receivers.append(waiter)
      }
      return true
    }
  }

  /// Takes a waiter out if it is still in, after its wait has ended.
  func dequeue(_ waiter: UnsafeMutablePointer<Waiter>, isSend: Bool) {
    state.withLock { state in
      if isSend { state.senders.remove(waiter) } else { state.receivers.remove(waiter) }
    }
  }
}

extension RawChannel.State {
  fileprivate mutating func append(_ payload: UnsafeMutableRawPointer) {
    let end = head + count
    (buffer + (end < slots ? end : end - slots) * stride).copyMemory(from: payload, byteCount: stride)
    count += 1
  }

  fileprivate mutating func removeFirst(into payload: UnsafeMutableRawPointer) {
    payload.copyMemory(from: buffer + head * stride, byteCount: stride)
    head = head + 1 == slots ? 0 : head + 1
    count -= 1
  }

  /// Returns the old buffer.
  fileprivate mutating func replaceBuffer(_ larger: UnsafeMutableRawPointer, slots: Int) -> UnsafeMutableRawPointer {
    let old = buffer
    let untilEnd = min(count, self.slots - head)
    larger.copyMemory(from: old + head * stride, byteCount: untilEnd * stride)
    (larger + untilEnd * stride).copyMemory(from: old, byteCount: (count - untilEnd) * stride)
    buffer = larger
    self.slots = slots
    head = 0
    return old
  }
}

extension UnsafeMutablePointer where Pointee == Waiter {
  /// What the waiter's signal says: the outcome, and for which of its cases.
  fileprivate func outcome(_ outcome: RawChannel.Outcome) -> Int32 { pointee.index << 1 | outcome.rawValue }

  fileprivate func finish(_ outcome: RawChannel.Outcome) { pointee.signal.finish(self.outcome(outcome)) }
}

extension RawChannel.Outcome {
  /// Of what a waiter's signal said.
  init(_ ended: Int32) { self = ended & 1 == 0 ? .done : .closed }
}
