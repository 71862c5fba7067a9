#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform

  // What `import Glibc` or `import Darwin` gives natively; here the engine's own functions. They are exact to about the
  // last bit, and may differ in it between engines. Float forms round the Double result.

  /// The sine of `x` (radians).
  @_transparent public func sin(_ x: Double) -> Double { CWeftPlatform.sin(x) }
  /// The sine of `x` (radians).
  @_transparent public func sin(_ x: Float) -> Float { CWeftPlatform.sinf(x) }

  /// The cosine of `x` (radians).
  @_transparent public func cos(_ x: Double) -> Double { CWeftPlatform.cos(x) }
  /// The cosine of `x` (radians).
  @_transparent public func cos(_ x: Float) -> Float { CWeftPlatform.cosf(x) }

  /// The tangent of `x` (radians).
  @_transparent public func tan(_ x: Double) -> Double { CWeftPlatform.tan(x) }
  /// The tangent of `x` (radians).
  @_transparent public func tan(_ x: Float) -> Float { CWeftPlatform.tanf(x) }

  /// The arc sine of `x`, in radians.
  @_transparent public func asin(_ x: Double) -> Double { CWeftPlatform.asin(x) }
  /// The arc sine of `x`, in radians.
  @_transparent public func asin(_ x: Float) -> Float { CWeftPlatform.asinf(x) }

  /// The arc cosine of `x`, in radians.
  @_transparent public func acos(_ x: Double) -> Double { CWeftPlatform.acos(x) }
  /// The arc cosine of `x`, in radians.
  @_transparent public func acos(_ x: Float) -> Float { CWeftPlatform.acosf(x) }

  /// The arc tangent of `x`, in radians.
  @_transparent public func atan(_ x: Double) -> Double { CWeftPlatform.atan(x) }
  /// The arc tangent of `x`, in radians.
  @_transparent public func atan(_ x: Float) -> Float { CWeftPlatform.atanf(x) }

  /// The hyperbolic sine of `x`.
  @_transparent public func sinh(_ x: Double) -> Double { CWeftPlatform.sinh(x) }
  /// The hyperbolic sine of `x`.
  @_transparent public func sinh(_ x: Float) -> Float { CWeftPlatform.sinhf(x) }

  /// The hyperbolic cosine of `x`.
  @_transparent public func cosh(_ x: Double) -> Double { CWeftPlatform.cosh(x) }
  /// The hyperbolic cosine of `x`.
  @_transparent public func cosh(_ x: Float) -> Float { CWeftPlatform.coshf(x) }

  /// The hyperbolic tangent of `x`.
  @_transparent public func tanh(_ x: Double) -> Double { CWeftPlatform.tanh(x) }
  /// The hyperbolic tangent of `x`.
  @_transparent public func tanh(_ x: Float) -> Float { CWeftPlatform.tanhf(x) }

  /// The inverse hyperbolic sine of `x`.
  @_transparent public func asinh(_ x: Double) -> Double { CWeftPlatform.asinh(x) }
  /// The inverse hyperbolic sine of `x`.
  @_transparent public func asinh(_ x: Float) -> Float { CWeftPlatform.asinhf(x) }

  /// The inverse hyperbolic cosine of `x`.
  @_transparent public func acosh(_ x: Double) -> Double { CWeftPlatform.acosh(x) }
  /// The inverse hyperbolic cosine of `x`.
  @_transparent public func acosh(_ x: Float) -> Float { CWeftPlatform.acoshf(x) }

  /// The inverse hyperbolic tangent of `x`.
  @_transparent public func atanh(_ x: Double) -> Double { CWeftPlatform.atanh(x) }
  /// The inverse hyperbolic tangent of `x`.
  @_transparent public func atanh(_ x: Float) -> Float { CWeftPlatform.atanhf(x) }

  /// e to the power of `x`.
  @_transparent public func exp(_ x: Double) -> Double { CWeftPlatform.exp(x) }
  /// e to the power of `x`.
  @_transparent public func exp(_ x: Float) -> Float { CWeftPlatform.expf(x) }

  /// 2 to the power of `x`.
  @_transparent public func exp2(_ x: Double) -> Double { CWeftPlatform.exp2(x) }
  /// 2 to the power of `x`.
  @_transparent public func exp2(_ x: Float) -> Float { CWeftPlatform.exp2f(x) }

  /// e to the power of `x`, minus 1, exact near 0.
  @_transparent public func expm1(_ x: Double) -> Double { CWeftPlatform.expm1(x) }
  /// e to the power of `x`, minus 1, exact near 0.
  @_transparent public func expm1(_ x: Float) -> Float { CWeftPlatform.expm1f(x) }

  /// The natural logarithm of `x`.
  @_transparent public func log(_ x: Double) -> Double { CWeftPlatform.log(x) }
  /// The natural logarithm of `x`.
  @_transparent public func log(_ x: Float) -> Float { CWeftPlatform.logf(x) }

  /// The logarithm of `x` to base 2.
  @_transparent public func log2(_ x: Double) -> Double { CWeftPlatform.log2(x) }
  /// The logarithm of `x` to base 2.
  @_transparent public func log2(_ x: Float) -> Float { CWeftPlatform.log2f(x) }

  /// The logarithm of `x` to base 10.
  @_transparent public func log10(_ x: Double) -> Double { CWeftPlatform.log10(x) }
  /// The logarithm of `x` to base 10.
  @_transparent public func log10(_ x: Float) -> Float { CWeftPlatform.log10f(x) }

  /// The natural logarithm of 1 + `x`, exact near 0.
  @_transparent public func log1p(_ x: Double) -> Double { CWeftPlatform.log1p(x) }
  /// The natural logarithm of 1 + `x`, exact near 0.
  @_transparent public func log1p(_ x: Float) -> Float { CWeftPlatform.log1pf(x) }

  /// The cube root of `x`.
  @_transparent public func cbrt(_ x: Double) -> Double { CWeftPlatform.cbrt(x) }
  /// The cube root of `x`.
  @_transparent public func cbrt(_ x: Float) -> Float { CWeftPlatform.cbrtf(x) }

  /// `x` to the power of `y`.
  @_transparent public func pow(_ x: Double, _ y: Double) -> Double { CWeftPlatform.pow(x, y) }
  /// `x` to the power of `y`.
  @_transparent public func pow(_ x: Float, _ y: Float) -> Float { CWeftPlatform.powf(x, y) }

  /// The angle of the point (`x`, `y`), in radians from -π to π.
  @_transparent public func atan2(_ y: Double, _ x: Double) -> Double { CWeftPlatform.atan2(y, x) }
  /// The angle of the point (`x`, `y`), in radians from -π to π.
  @_transparent public func atan2(_ y: Float, _ x: Float) -> Float { CWeftPlatform.atan2f(y, x) }

  /// The length of the vector (`x`, `y`).
  @_transparent public func hypot(_ x: Double, _ y: Double) -> Double { CWeftPlatform.hypot(x, y) }
  /// The length of the vector (`x`, `y`).
  @_transparent public func hypot(_ x: Float, _ y: Float) -> Float { CWeftPlatform.hypotf(x, y) }

  /// The remainder of `x` by `y`, with the sign of `x`. Exact.
  @_transparent public func fmod(_ x: Double, _ y: Double) -> Double { CWeftPlatform.fmod(x, y) }
  /// The remainder of `x` by `y`, with the sign of `x`. Exact.
  @_transparent public func fmod(_ x: Float, _ y: Float) -> Float { Float(CWeftPlatform.fmod(Double(x), Double(y))) }

  /// The square root of `x`, correctly rounded.
  @_transparent public func sqrt(_ x: Double) -> Double { x.squareRoot() }
  /// The square root of `x`, correctly rounded.
  @_transparent public func sqrt(_ x: Float) -> Float { x.squareRoot() }

  /// The largest integer not above `x`.
  @_transparent public func floor(_ x: Double) -> Double { x.rounded(.down) }
  /// The largest integer not above `x`.
  @_transparent public func floor(_ x: Float) -> Float { x.rounded(.down) }

  /// The smallest integer not below `x`.
  @_transparent public func ceil(_ x: Double) -> Double { x.rounded(.up) }
  /// The smallest integer not below `x`.
  @_transparent public func ceil(_ x: Float) -> Float { x.rounded(.up) }

  /// `x` without its fraction.
  @_transparent public func trunc(_ x: Double) -> Double { x.rounded(.towardZero) }
  /// `x` without its fraction.
  @_transparent public func trunc(_ x: Float) -> Float { x.rounded(.towardZero) }

  /// The integer nearest to `x`, halves away from zero.
  @_transparent public func round(_ x: Double) -> Double { x.rounded() }
  /// The integer nearest to `x`, halves away from zero.
  @_transparent public func round(_ x: Float) -> Float { x.rounded() }

  /// The magnitude of `x`.
  @_transparent public func fabs(_ x: Double) -> Double { x.magnitude }
  /// The magnitude of `x`.
  @_transparent public func fabs(_ x: Float) -> Float { x.magnitude }
#endif
