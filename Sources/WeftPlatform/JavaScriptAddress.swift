import CWeftPlatform

// How addresses cross to JavaScript: as numbers, whether they have 32 bits here or 64. Of 64 bits an engine gives far fewer than the
// 53 that a `Double` holds.

extension UnsafeMutableRawPointer? {
  /// The address as JavaScript has it; 0 for none.
  @inlinable @inline(__always)
  public var forJavaScript: Double { weft_number(UInt(bitPattern: self)) }
}

extension UnsafeMutableRawPointer {
  /// The address as JavaScript has it.
  @inlinable @inline(__always)
  public var forJavaScript: Double { Optional(self).forJavaScript }

  /// The address that JavaScript passes, which came from here and is not 0.
  @inline(__always)
  public init(fromJavaScript address: Double) { self = weft_address(address).unsafelyUnwrapped }
}
