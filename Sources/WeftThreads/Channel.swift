/// A queue through which threads hand each other elements: many may send, many may receive.
///
/// ```swift
/// let numbers = Channel<Int>(capacity: 16)
/// // on one thread
/// for number in 0..<100 { numbers.send(number) }
/// numbers.close()
/// // on another
/// for number in numbers { use(number) }
/// ```
///
/// Thread-safe. Elements are moved, never copied, and may be noncopyable; what one thread sends arrives in that order.
/// Threads that wait are served in the order in which they came. O(1), except that an unbounded channel doubles its memory
/// now and then. Waiting on a page stops the program with a message; sending to an unbounded channel never waits.
///
/// Somebody closes a channel, or nobody does: a channel does not know who will still send. ``makeEnds(capacity:)`` makes two
/// ends that do.
public final class Channel<Element: ~Copyable>: Sendable {
  @usableFromInline let raw: RawChannel

  /// Makes a channel that holds as many elements as are sent: sending never waits.
  @inlinable
  public convenience init() { self.init(capacity: .max) }

  /// Makes a channel that holds up to `capacity` elements; sending waits while it is full.
  ///
  /// With a capacity of 0 each sender waits until its element is received.
  @inlinable
  public init(capacity: Int) {
    raw = RawChannel(
      capacity: capacity, stride: MemoryLayout<Element>.stride, alignment: MemoryLayout<Element>.alignment)
  }

  @inlinable
  deinit { removeAll() }

  /// Sends an element, waiting for room.
  ///
  /// - Returns: ``SendResult/sent``, or ``SendResult/closed(_:)`` with the element.
  @inlinable @discardableResult
  public func send(_ element: consuming sending Element) -> SendResult<Element> {
    send(element, until: .never)
  }

  /// Sends an element, waiting for room for at most `timeout`.
  @inlinable
  public func send(_ element: consuming sending Element, timeout: Duration) -> SendResult<Element> {
    send(element, until: .after(timeout))
  }

  /// Sends an element if that needs no wait. May be called anywhere.
  @inlinable
  public func sendIfReady(_ element: consuming sending Element) -> SendResult<Element> {
    send(element, until: .now)
  }

  /// Receives the next element, waiting for it.
  ///
  /// - Returns: nil if the channel is closed and all that was sent has been received.
  @inlinable
  public func receive() -> Element? {
    switch receive(until: .never) {
    case .received(let element): return element
    case .closed: return nil
    case .empty: return nil
    }
  }

  /// Receives the next element, waiting for at most `timeout`.
  @inlinable
  public func receive(timeout: Duration) -> ReceiveResult<Element> { receive(until: .after(timeout)) }

  /// Receives the next element if there is one. May be called anywhere.
  @inlinable
  public func receiveIfReady() -> ReceiveResult<Element> { receive(until: .now) }

  /// Closes the channel: what was sent can still be received, and nothing more can be sent.
  ///
  /// Senders that wait get their elements back; receivers that wait return. Closing twice does nothing.
  @inlinable
  public func close() { raw.close() }

  /// Whether the channel is closed. Elements may still be in it.
  @inlinable
  public var isClosed: Bool { raw.isClosed }

  /// How many elements are in the channel: outdated as soon as it is known.
  @inlinable
  public var count: Int { raw.count }

  @inlinable
  func send(_ element: consuming Element, until deadline: Deadline) -> SendResult<Element> {
    var element = Optional(element)
    return withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { slot in
      let slot = slot.baseAddress.unsafelyUnwrapped
      slot.initialize(to: element.take()!)
      switch raw.send(from: slot, until: deadline) {
      case .done: return .sent
      case .closed: return .closed(slot.move())
      case .notReady: return .full(slot.move())
      }
    }
  }

  @inlinable
  func receive(until deadline: Deadline) -> ReceiveResult<Element> {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { slot in
      let slot = slot.baseAddress.unsafelyUnwrapped
      switch raw.receive(into: slot, until: deadline) {
      case .done: return .received(slot.move())
      case .closed: return .closed
      case .notReady: return .empty
      }
    }
  }

  /// Drops what was sent and not received.
  @inlinable
  func removeAll() {
    while case .received(let element) = receive(until: .now) { _ = consume element }
  }
}

/// How sending into a ``Channel`` ended. What was not sent is given back.
public enum SendResult<Element: ~Copyable>: ~Copyable {
  /// The channel has the element, or whoever received it.
  case sent
  /// The channel is closed.
  case closed(Element)
  /// There was no room, or nobody to receive, in time.
  case full(Element)

  /// Whether the element was sent.
  @inlinable
  public var isSent: Bool {
    switch self {
    case .sent: true
    case .closed: false
    case .full: false
    }
  }

  /// The element, if it was not sent.
  @inlinable
  public consuming func element() -> Element? {
    switch consume self {
    case .sent: nil
    case .closed(let element): element
    case .full(let element): element
    }
  }
}

/// How receiving from a ``Channel`` ended.
public enum ReceiveResult<Element: ~Copyable>: ~Copyable {
  /// The next element.
  case received(Element)
  /// Nothing was sent in time.
  case empty
  /// The channel is closed, and all that was sent has been received.
  case closed

  /// The element, if there was one.
  @inlinable
  public consuming func element() -> Element? {
    switch consume self {
    case .received(let element): element
    case .empty: nil
    case .closed: nil
    }
  }
}

extension SendResult: Copyable where Element: Copyable {}
extension ReceiveResult: Copyable where Element: Copyable {}
extension SendResult: Equatable where Element: Equatable {}
extension ReceiveResult: Equatable where Element: Equatable {}

/// Receives until the channel is closed and empty.
extension Channel: Sequence, IteratorProtocol where Element: Copyable {
  @inlinable
  public func next() -> Element? { receive() }
}
