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

// Narrow integers fill 32 bits of the slot, so that JavaScript reads and writes all small integers alike.
extension Int8: JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Int8 { Int8(truncatingIfNeeded: Int32._fromJS(slot)) }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { Int32(self)._toJS(slot) }
}
extension Int16: JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Int16 { Int16(truncatingIfNeeded: Int32._fromJS(slot)) }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { Int32(self)._toJS(slot) }
}
extension UInt8: JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> UInt8 { UInt8(truncatingIfNeeded: Int32._fromJS(slot)) }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { Int32(self)._toJS(slot) }
}
extension UInt16: JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> UInt16 { UInt16(truncatingIfNeeded: Int32._fromJS(slot)) }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { Int32(self)._toJS(slot) }
}
extension Bool: JSBridgeable {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Bool { Int32._fromJS(slot) != 0 }
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) { (self ? 1 : 0 as Int32)._toJS(slot) }
}
