import Weft

/// Each function of the C library at `x` (the two-argument ones at `x`, `y`), in the order of their names in the test.
@JS func mathematics(_ x: Double, _ y: Double) -> [Double] {
  [
    sin(x), cos(x), tan(x), asin(x), acos(x), atan(x), sinh(x), cosh(x), tanh(x), asinh(x), acosh(x), atanh(x), exp(x), expm1(x),
    log(x), log2(x), log10(x), log1p(x), cbrt(x), sqrt(x), floor(x), ceil(x), trunc(x), pow(x, y), atan2(x, y), hypot(x, y),
    fmod(x, y), x.truncatingRemainder(dividingBy: y), exp2(x), fabs(x),
  ]
}

/// The same for `Float`.
@JS func floatMathematics(_ x: Float, _ y: Float) -> [Float] {
  [
    sin(x), cos(x), tan(x), asin(x), acos(x), atan(x), sinh(x), cosh(x), tanh(x), asinh(x), acosh(x), atanh(x), exp(x), expm1(x),
    log(x), log2(x), log10(x), log1p(x), cbrt(x), sqrt(x), floor(x), ceil(x), trunc(x), pow(x, y), atan2(x, y), hypot(x, y),
    fmod(x, y), x.truncatingRemainder(dividingBy: y), exp2(x), fabs(x),
  ]
}

/// `x * y + z`, rounded once.
@JS func fused(_ x: Double, _ y: Double, _ z: Double) -> Double { z.addingProduct(x, y) }
@JS func fusedFloat(_ x: Float, _ y: Float, _ z: Float) -> Float { z.addingProduct(x, y) }

/// What remains of `x` by the multiple of `y` nearest to it.
@JS func nearestRemainder(_ x: Double, _ y: Double) -> Double { x.remainder(dividingBy: y) }
@JS func nearestRemainderOfFloats(_ x: Float, _ y: Float) -> Float { x.remainder(dividingBy: y) }

/// `x` rounded: to nearest or away from zero (in two spellings), to nearest or even, up, down, toward zero, away from zero.
@JS func roundings(_ x: Double) -> [Double] {
  [
    x.rounded(), round(x), x.rounded(.toNearestOrEven), x.rounded(.up), x.rounded(.down), x.rounded(.towardZero),
    x.rounded(.awayFromZero),
  ]
}
@JS func floatRoundings(_ x: Float) -> [Float] {
  [
    x.rounded(), round(x), x.rounded(.toNearestOrEven), x.rounded(.up), x.rounded(.down), x.rounded(.towardZero),
    x.rounded(.awayFromZero),
  ]
}

/// The hash of a string: another one in every run.
@JS func seededHash(_ text: String) -> Int { text.hashValue }

/// Random bits of the system.
@JS func randomBits() -> UInt64 { UInt64.random(in: 0...UInt64.max) }

/// A number in a text, or NaN.
@JS func parsedDouble(_ text: String) -> Double { Double(text) ?? .nan }

/// The same.
@JS func parsedFloat(_ text: String) -> Float { Float(text) ?? .nan }
