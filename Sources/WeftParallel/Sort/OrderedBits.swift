/// Whether values of a type are numbers whose order `orderedBits` gives. Folded by the optimiser for each type.
@inlinable @inline(__always)
func hasOrderedBits<Value>(_ type: Value.Type) -> Bool {
  type == UInt8.self || type == Int8.self || type == UInt16.self || type == Int16.self || type == UInt32.self || type == Int32.self
    || type == UInt64.self || type == Int64.self || type == UInt.self || type == Int.self || isFloatingPoint(type)
}

/// Whether a type is one of the floating-point types in `hasOrderedBits`, of which 0 and -0 are equal but not the same.
@inlinable @inline(__always)
func isFloatingPoint<Value>(_ type: Value.Type) -> Bool { type == Float.self || type == Double.self }

/// An integer whose unsigned order is the order of the numbers of a type for which `hasOrderedBits` is true.
///
/// For floating point it is the total order of IEEE 754: -NaN, -infinity … -0, 0 … infinity, NaN.
@inlinable @inline(__always)
func orderedBits<Value>(_ value: Value) -> UInt64 {
  // Each cast holds: the type was compared just before. Only one line is left for a given type.
  if Value.self == UInt8.self { return widened(unsafeBitCast(value, to: UInt8.self)) }
  if Value.self == UInt16.self { return widened(unsafeBitCast(value, to: UInt16.self)) }
  if Value.self == UInt32.self { return widened(unsafeBitCast(value, to: UInt32.self)) }
  if Value.self == UInt64.self { return unsafeBitCast(value, to: UInt64.self) }
  if Value.self == UInt.self { return widened(unsafeBitCast(value, to: UInt.self)) }
  if Value.self == Int8.self { return widened(unsafeBitCast(value, to: UInt8.self) ^ 1 << 7) }
  if Value.self == Int16.self { return widened(unsafeBitCast(value, to: UInt16.self) ^ 1 << 15) }
  if Value.self == Int32.self { return widened(unsafeBitCast(value, to: UInt32.self) ^ 1 << 31) }
  if Value.self == Int64.self { return unsafeBitCast(value, to: UInt64.self) ^ 1 << 63 }
  if Value.self == Int.self { return widened(unsafeBitCast(value, to: UInt.self) ^ 1 << UInt(UInt.bitWidth - 1)) }
  if Value.self == Float.self {
    let bits = unsafeBitCast(value, to: UInt32.self)
    return widened(bits ^ (UInt32(truncatingIfNeeded: Int32(bitPattern: bits) &>> 31) | 1 << 31))
  }
  let bits = unsafeBitCast(value, to: UInt64.self)
  return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 1 << 63)
}

/// The same with equal bits for 0 and -0, which are equal as keys.
@inlinable @inline(__always)
func orderedBits<Key>(ofKey key: Key) -> UInt64 {
  if Key.self == Float.self { return orderedBits(unsafeBitCast(key, to: Float.self) + 0) }
  if Key.self == Double.self { return orderedBits(unsafeBitCast(key, to: Double.self) + 0) }
  return orderedBits(key)
}

/// `UInt64(number)`, inlined: on machines of 32 bits the standard library's conversion is a call, which costs more than all else here.
@inlinable @inline(__always)
func widened<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> UInt64 { UInt64(_truncatingBits: number._lowWord) }
