/// What a surface does with light.
enum Finish {
  /// Scatters it evenly.
  case matte
  /// Scatters it under a clear varnish, which mirrors more the flatter one looks at it.
  case varnish
  /// Mirrors it, tinted by the colour.
  case metal
  /// Lets it through, bent, and mirrors the rest.
  case glass
}

/// A ball of the scene.
struct Sphere {
  var center: Vector
  var radius: Double
  var color: Vector
  var finish: Finish

  /// The distance at which the ray first meets the surface beyond `start`, or infinity.
  func distance(along ray: Ray, from start: Double) -> Double {
    let offset = center - ray.origin
    let closest = offset.dot(ray.direction)
    let discriminant = closest * closest - offset.dot(offset) + radius * radius
    guard discriminant > 0 else { return .infinity }
    let halfChord = discriminant.squareRoot()
    if closest - halfChord > start { return closest - halfChord }
    return closest + halfChord > start ? closest + halfChord : .infinity
  }
}
