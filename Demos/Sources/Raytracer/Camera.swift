/// Where the picture is seen from.
struct Camera {
  private let position = Vector(2.9, 3.5, -11.0)
  private let forward: Vector
  private let right: Vector
  private let up: Vector
  private let scale: Double
  private let halfWidth: Double
  private let halfHeight: Double

  init(width: Int, height: Int) {
    let target = Vector(0, 1.0, 0)
    forward = (target - position).normalized
    right = Vector(0, 1, 0).cross(forward).normalized
    up = forward.cross(right)
    halfWidth = Double(width) / 2
    halfHeight = Double(height) / 2
    // 0.33: the tangent of half the angle seen from top to bottom.
    scale = 0.33 / halfHeight
  }

  /// The ray through a point of the image, in pixels from its top left corner.
  func ray(x: Double, y: Double) -> Ray {
    let direction = forward + right * ((x - halfWidth) * scale) + up * ((halfHeight - y) * scale)
    return Ray(origin: position, direction: direction.normalized)
  }
}
