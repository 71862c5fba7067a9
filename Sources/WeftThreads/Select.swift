/// Waits for whichever of several channels is ready first.
///
/// ```swift
/// var select = Select()
/// select.receive(from: numbers) { number in … }
/// select.receive(from: texts) { text in … }
/// while select.wait() {}     // until both are closed
/// ```
///
/// Belongs to one thread; the channels are shared. Of several channels that are ready it takes one by chance, so none is left
/// out for long. O(number of cases) a wait.
public struct Select: ~Copyable {
  @usableFromInline var raw = RawSelect()

  /// Makes one without cases.
  @inlinable
  public init() {}

  /// Adds a case that receives, as often as it is chosen.
  ///
  /// - Parameters:
  ///   - channel: Where elements come from.
  ///   - body: Called with the element. With nil, once, when the channel is closed and empty; the case is over then.
  @inlinable
  public mutating func receive<Element: ~Copyable>(
    from channel: Channel<Element>, _ body: @escaping (consuming Element?) -> Void
  ) {
    let slot = UnsafeMutablePointer<Element>.allocate(capacity: 1)
    raw.add(channel.raw, isSend: false, payload: slot) { outcome in
      switch outcome {
      case .done: body(slot.move())
      case .closed:
        slot.deallocate()
        body(nil)
      case .notReady, nil: slot.deallocate()
      }
    }
  }

  /// Adds a case that sends, once.
  ///
  /// - Parameters:
  ///   - element: What is sent. If the case is never chosen it ends with the `Select`.
  ///   - channel: Where it is sent.
  ///   - body: Called when the case was chosen: the element was sent, or the channel is closed and it comes back.
  @inlinable
  public mutating func send<Element: ~Copyable>(
    _ element: consuming sending Element, to channel: Channel<Element>,
    _ body: @escaping (consuming SendResult<Element>) -> Void = { _ in }
  ) {
    let slot = UnsafeMutablePointer<Element>.allocate(capacity: 1)
    slot.initialize(to: element)
    raw.add(channel.raw, isSend: true, payload: slot) { outcome in
      switch outcome {
      case .done: body(.sent)
      case .closed: body(.closed(slot.move()))
      case .notReady, nil: slot.deinitialize(count: 1)
      }
      slot.deallocate()
    }
  }

  /// Waits until one of the cases can be done, does it, and calls its body.
  ///
  /// - Returns: False if no case is left.
  @inlinable @discardableResult
  public mutating func wait() -> Bool { raw.wait(until: .never) }

  /// The same for at most `timeout`.
  ///
  /// - Returns: Whether a case was done.
  @inlinable
  public mutating func wait(timeout: Duration) -> Bool { raw.wait(until: .after(timeout)) }

  /// Does one of the cases if that needs no wait. May be called anywhere.
  ///
  /// - Returns: Whether a case was done.
  @inlinable
  public mutating func runIfReady() -> Bool { raw.wait(until: .now) }

  /// Whether all cases are over.
  @inlinable
  public var isEmpty: Bool { raw.isEmpty }
}
