extension Channel where Element: ~Copyable {
  /// Makes a channel with two ends. When the last reference to one end is gone, the channel closes.
  ///
  /// The receivers get what was sent before; what nobody can receive any more is dropped.
  /// - Parameter capacity: As in ``init(capacity:)``; without it sending never waits.
  @inlinable
  public static func makeEnds(capacity: Int = .max) -> (sender: ChannelSender<Element>, receiver: ChannelReceiver<Element>) {
    let channel = Channel(capacity: capacity)
    return (ChannelSender(channel), ChannelReceiver(channel))
  }
}

/// The end of a ``Channel`` that sends. Give each thread that sends a reference to it; with the last one the channel closes.
///
/// Thread-safe.
public final class ChannelSender<Element: ~Copyable>: Sendable {
  @usableFromInline let channel: Channel<Element>

  @inlinable
  init(_ channel: Channel<Element>) { self.channel = channel }

  @inlinable
  deinit { channel.close() }

  /// Sends an element, waiting for room. It comes back if no receiver is left.
  @inlinable @discardableResult
  public func send(_ element: consuming sending Element) -> SendResult<Element> { channel.send(element, until: .never) }

  /// Sends an element, waiting for room for at most `timeout`.
  @inlinable
  public func send(_ element: consuming sending Element, timeout: Duration) -> SendResult<Element> {
    channel.send(element, until: .after(timeout))
  }

  /// Sends an element if that needs no wait. May be called anywhere.
  @inlinable
  public func sendIfReady(_ element: consuming sending Element) -> SendResult<Element> { channel.send(element, until: .now) }
}

/// The end of a ``Channel`` that receives. With the last reference to it the channel closes, and senders get their elements back.
///
/// Thread-safe: several threads may receive; each element goes to one of them.
public final class ChannelReceiver<Element: ~Copyable>: Sendable {
  @usableFromInline let channel: Channel<Element>

  @inlinable
  init(_ channel: Channel<Element>) { self.channel = channel }

  @inlinable
  deinit {
    channel.close()
    channel.removeAll()
  }

  /// Receives the next element, waiting for it. Nil if no sender is left and all that was sent has been received.
  @inlinable
  public func receive() -> Element? { channel.receive() }

  /// Receives the next element, waiting for at most `timeout`.
  @inlinable
  public func receive(timeout: Duration) -> ReceiveResult<Element> { channel.receive(until: .after(timeout)) }

  /// Receives the next element if there is one. May be called anywhere.
  @inlinable
  public func receiveIfReady() -> ReceiveResult<Element> { channel.receive(until: .now) }
}

extension ChannelReceiver: Sequence, IteratorProtocol where Element: Copyable {
  @inlinable
  public func next() -> Element? { receive() }
}
