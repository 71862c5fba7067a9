/// The balls, the floor they lie on and the sky above.
struct Scene: Sendable {
  /// What a ray has met.
  struct Hit {
    var distance: Double
    var normal: Vector
    var color: Vector
    var finish: Finish
  }

  let sky = Sky()
  let spheres: [Sphere]

  /// Far enough from a surface not to meet it again because of rounding.
  static let nearest = 1e-6

  /// The first surface that the ray meets, if it does not leave for the sky.
  func hit(by ray: Ray) -> Hit? {
    var distance = Double.infinity
    var found = -1
    spheres.withUnsafeBufferPointer { spheres in
      for index in 0..<spheres.count {
        let candidate = spheres[index].distance(along: ray, from: Scene.nearest)
        if candidate < distance {
          distance = candidate
          found = index
        }
      }
    }
    if let floor = floorDistance(along: ray), floor < distance {
      return Hit(distance: floor, normal: Vector(0, 1, 0), color: floorColor(along: ray, at: floor), finish: .varnish)
    }
    guard found >= 0 else { return nil }
    let sphere = spheres[found]
    let normal = (ray.at(distance) - sphere.center) * (1 / sphere.radius)
    return Hit(distance: distance, normal: normal, color: sphere.color, finish: sphere.finish)
  }

  /// How much light comes along the ray from infinitely far: 1 is all of it.
  func transmission(along ray: Ray) -> Double {
    spheres.withUnsafeBufferPointer { spheres in
      var light = 1.0
      for index in 0..<spheres.count where spheres[index].distance(along: ray, from: Scene.nearest) < .infinity {
        guard spheres[index].finish == .glass else { return 0 }
        light *= 0.72
      }
      return light
    }
  }

  /// How much of the sky a point sees past the balls around it: 1 is all of it.
  ///
  /// A ball hides about the square of radius over distance of what the surface faces. Far ones hide nothing, so that most
  /// need no square root.
  func openness(at point: Vector, normal: Vector) -> Double {
    let ignored = 1.0 / 64
    return spheres.withUnsafeBufferPointer { spheres in
      var open = 1.0
      for index in 0..<spheres.count {
        let offset = spheres[index].center - point
        let square = offset.dot(offset)
        let hidden = spheres[index].radius * spheres[index].radius / square - ignored
        let facing = normal.dot(offset)
        if hidden > 0, facing > 0 {
          open *= 1 - clamped(hidden * facing / square.squareRoot())
        }
      }
      return open
    }
  }

  private func floorDistance(along ray: Ray) -> Double? {
    guard ray.direction.y < 0 else { return nil }
    let distance = -ray.origin.y / ray.direction.y
    return distance > Scene.nearest ? distance : nil
  }

  /// Checkers, fading to their mean where they become smaller than a pixel, which would flicker.
  private func floorColor(along ray: Ray, at distance: Double) -> Vector {
    let dark = Vector(0.014, 0.014, 0.026)
    let light = Vector(0.17, 0.15, 0.165)
    let point = ray.at(distance)
    let size = 0.85
    let column = (point.x / size).rounded(.down)
    let row = (point.z / size).rounded(.down)
    let odd = Int(column) & 1 != Int(row) & 1
    let footprint = distance * 0.004 / (0.02 - ray.direction.y)
    let contrast = 1 - smoothStep(0.15, 1.1, footprint)
    let mean = dark.mixed(with: light, 0.5)
    return mean.mixed(with: odd ? light : dark, contrast)
  }
}
