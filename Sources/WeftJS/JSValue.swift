/// A value of JavaScript's that Swift keeps and passes on without looking into it.
///
/// It may be used on any thread; JavaScript keeps the value until the last reference in Swift is gone.
public final class JSValue: Sendable {
  /// The number under which the page's JavaScript keeps it.
  let id: Int32

  init(id: Int32) { self.id = id }

  deinit {
    _JSCall.release(id)
  }
}

extension JSValue: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> JSValue { JSValue(id: reader.load(Int32.self)) }
  public static func _write(_ value: consuming JSValue, _ writer: inout _JSWriter) {
    // The reference goes with it, and comes back when JavaScript has looked the value up.
    writer.store(value.id)
    writer.store(size: UInt(bitPattern: Unmanaged.passRetained(value).toOpaque()))
  }
}
