/// A type that can cross between Swift and JavaScript. What `@JS` generates calls these; a program does not.
///
/// A *slot* is 16 bytes in a call's frame: see README.md in this folder.
public protocol JSBridgeable {
  /// Reads an argument, and takes over the memory behind it if there is any.
  static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Self
  /// Writes a result, and hands the memory behind it to JavaScript.
  consuming func _toJS(_ slot: UnsafeMutableRawPointer)
}

/// A number that is an element of a typed array in JavaScript.
public protocol JSNumber: JSBridgeable, BitwiseCopyable {}

extension JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Self { slot.load(as: Self.self) }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { slot.storeBytes(of: self, as: Self.self) }
}

extension Float: JSNumber {}
extension Double: JSNumber {}
extension Int64: JSNumber {}
extension UInt64: JSNumber {}
extension Int32: JSNumber {}
extension UInt32: JSNumber {}
extension Int: JSNumber {}
extension UInt: JSNumber {}

/// An integer of less than 32 bits. It fills 32 of the slot, so that JavaScript reads and writes all small integers alike.
public protocol JSNarrowInteger: JSNumber, FixedWidthInteger {}

extension JSNarrowInteger {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Self { Self(truncatingIfNeeded: Int32._fromJS(slot)) }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { Int32(truncatingIfNeeded: self)._toJS(slot) }
}

extension Int8: JSNarrowInteger {}
extension Int16: JSNarrowInteger {}
extension UInt8: JSNarrowInteger {}
extension UInt16: JSNarrowInteger {}
extension Bool: JSBridgeable {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Bool { Int32._fromJS(slot) != 0 }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { (self ? 1 : 0 as Int32)._toJS(slot) }
}
