import Weft

/// Each function of the C library at `x` (the two-argument ones at `x`, `y`), in the order of their names in the test.
@JS func mathematics(_ x: Double, _ y: Double) -> [Double] {
  [
    sin(x), cos(x), tan(x), asin(x), acos(x), atan(x), sinh(x), cosh(x), tanh(x), asinh(x), acosh(x), atanh(x), exp(x), expm1(x),
    log(x), log2(x), log10(x), log1p(x), cbrt(x), sqrt(x), floor(x), ceil(x), trunc(x), pow(x, y), atan2(x, y), hypot(x, y),
    fmod(x, y), x.truncatingRemainder(dividingBy: y),
  ]
}

/// The same for `Float`, as far as they differ.
@JS func floatMathematics(_ x: Float, _ y: Float) -> [Float] {
  [sin(x), cos(x), tan(x), exp(x), log(x), pow(x, y), atan2(x, y), x.truncatingRemainder(dividingBy: y)]
}

/// `x * y + z`, rounded once.
@JS func fused(_ x: Double, _ y: Double, _ z: Double) -> Double { z.addingProduct(x, y) }
@JS func fusedFloat(_ x: Float, _ y: Float, _ z: Float) -> Float { z.addingProduct(x, y) }

/// `x` rounded: to nearest or away from zero, to nearest or even, up, down, toward zero.
@JS func roundings(_ x: Double) -> [Double] {
  [x.rounded(), x.rounded(.toNearestOrEven), x.rounded(.up), x.rounded(.down), x.rounded(.towardZero)]
}

/// 128-bit results as halves, low before high: product, quotient and remainder by `c`, shifts by `s`; signed and unsigned.
@JS func wide(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ s: Int) -> [UInt64] {
  let product = UInt128(a) * UInt128(b)
  let signed = Int128(truncatingIfNeeded: Int64(bitPattern: a)) * Int128(truncatingIfNeeded: Int64(bitPattern: b))
  let divisor = Int128(truncatingIfNeeded: Int64(bitPattern: c))
  let full = a.multipliedFullWidth(by: b)
  var halves = [full.low, full.high]
  for value in [product, product / UInt128(c), product % UInt128(c), product << UInt128(s), product >> UInt128(s)] {
    halves += [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)]
  }
  for value in [signed, signed / divisor, signed % divisor, signed >> Int128(s)] {
    halves += [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)]
  }
  return halves
}

/// What Unicode says of some strings.
@JS func unicode(_ text: String) -> String {
  "\(text.count) \(text.uppercased()) \("e\u{301}" == "\u{e9}") \(["e\u{301}": 1]["\u{e9}"] ?? 0) \(1.5) \(0.1 + 0.2)"
}

/// The hash of a string: another one in every run.
@JS func seededHash(_ text: String) -> Int { text.hashValue }

/// Random bits of the system.
@JS func randomBits() -> UInt64 { UInt64.random(in: 0...UInt64.max) }
