import Weft

private func halves(_ values: [UInt128]) -> [UInt64] {
  values.flatMap { [UInt64(truncatingIfNeeded: $0), UInt64(truncatingIfNeeded: $0 >> 64)] }
}

private func wide(_ halves: [UInt64], at index: Int) -> UInt128 { UInt128(halves[index]) | UInt128(halves[index + 1]) << 64 }

/// The low 128 bits of the product, quotient and remainder, shifts by `s`, of the two numbers in `operands` (low half first).
@JS func wideUnsigned(_ operands: [UInt64], _ s: Int) -> [UInt64] {
  let (a, b) = (wide(operands, at: 0), wide(operands, at: 2))
  return halves([a &* b, a / b, a % b, a << s, a >> s, a &+ b, a &- b, UInt128(a.leadingZeroBitCount), UInt128(a.nonzeroBitCount)])
}

/// The same of the signed numbers with these bits.
@JS func wideSigned(_ operands: [UInt64], _ s: Int) -> [UInt64] {
  let (a, b) = (Int128(truncatingIfNeeded: wide(operands, at: 0)), Int128(truncatingIfNeeded: wide(operands, at: 2)))
  return halves([a &* b, a / b, a % b, a << s, a >> s].map { UInt128(truncatingIfNeeded: $0) })
}

/// Whether the product overflows: unsigned, signed.
@JS func wideOverflows(_ operands: [UInt64]) -> [UInt8] {
  let (a, b) = (wide(operands, at: 0), wide(operands, at: 2))
  let signed = Int128(truncatingIfNeeded: a).multipliedReportingOverflow(by: Int128(truncatingIfNeeded: b))
  return [a.multipliedReportingOverflow(by: b).overflow ? 1 : 0, signed.overflow ? 1 : 0]
}

/// Digits of the number with these halves, unsigned and signed.
@JS func wideText(_ low: UInt64, _ high: UInt64) -> String {
  let value = UInt128(low) | UInt128(high) << 64
  return "\(value) \(Int128(truncatingIfNeeded: value))"
}

/// The nearest `Double` of the number with these halves, unsigned and signed.
@JS func wideToDouble(_ low: UInt64, _ high: UInt64) -> [Double] {
  let value = UInt128(low) | UInt128(high) << 64
  return [Double(value), Double(Int128(truncatingIfNeeded: value))]
}

/// Full-width product of two 64-bit numbers and division of it by `c`: low, high, quotient, remainder.
@JS func fullWidth(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> [UInt64] {
  let product = a.multipliedFullWidth(by: b)
  let (quotient, remainder) = c.dividingFullWidth((product.high % c, product.low))
  return [product.low, product.high, quotient, remainder]
}

/// Full-width product of two signed 64-bit numbers: low, high.
@JS func fullWidthSigned(_ a: Int64, _ b: Int64) -> [Int64] {
  let product = a.multipliedFullWidth(by: b)
  return [Int64(bitPattern: product.low), product.high]
}
