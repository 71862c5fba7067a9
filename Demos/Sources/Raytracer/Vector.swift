/// A point, a direction or a colour.
///
/// Only `+ - * /` and square roots are used anywhere in this renderer: IEEE 754 defines them to the bit, so the picture
/// is the same on every system, which `sin` or `pow` of different mathematics libraries would not allow.
struct Vector {
  var x: Double
  var y: Double
  var z: Double

  init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  init(_ value: Double) {
    self.init(value, value, value)
  }

  static func + (a: Vector, b: Vector) -> Vector { Vector(a.x + b.x, a.y + b.y, a.z + b.z) }
  static func - (a: Vector, b: Vector) -> Vector { Vector(a.x - b.x, a.y - b.y, a.z - b.z) }
  static func * (a: Vector, b: Vector) -> Vector { Vector(a.x * b.x, a.y * b.y, a.z * b.z) }
  static func * (a: Vector, b: Double) -> Vector { Vector(a.x * b, a.y * b, a.z * b) }
  static func += (a: inout Vector, b: Vector) { a = a + b }
  static prefix func - (a: Vector) -> Vector { Vector(-a.x, -a.y, -a.z) }

  func dot(_ other: Vector) -> Double { x * other.x + y * other.y + z * other.z }

  func cross(_ other: Vector) -> Vector {
    Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  var normalized: Vector { self * (1 / dot(self).squareRoot()) }

  /// This direction mirrored at a surface with the given normal.
  func reflected(at normal: Vector) -> Vector { self - normal * (2 * dot(normal)) }

  /// The way from this colour or point to another: 0 is here, 1 is there.
  func mixed(with other: Vector, _ amount: Double) -> Vector { self + (other - self) * amount }
}

/// A half-line. Its direction has length 1.
struct Ray {
  var origin: Vector
  var direction: Vector

  func at(_ distance: Double) -> Vector { origin + direction * distance }
}

/// The smoothed step from 0 at `low` to 1 at `high`.
func smoothStep(_ low: Double, _ high: Double, _ value: Double) -> Double {
  let t = clamped((value - low) / (high - low))
  return t * t * (3 - 2 * t)
}

/// The value, or the nearest of 0 and 1.
func clamped(_ value: Double) -> Double {
  value < 0 ? 0 : value > 1 ? 1 : value
}
