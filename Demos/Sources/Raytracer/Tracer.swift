/// Follows light backwards, from the camera to the sun and the sky.
struct Tracer {
  let scene: Scene
  /// Towards the point of the sun that this sample looks at.
  let sunDirection: Vector

  private static let depthLimit = 7
  /// A reflection that adds less than this to the picture is not followed.
  private static let weightLimit = 0.012

  /// The light that comes along the ray towards its origin.
  func radiance(along ray: Ray) -> Vector {
    radiance(along: ray, depth: 0, weight: 1)
  }

  private func radiance(along ray: Ray, depth: Int, weight: Double) -> Vector {
    guard let hit = scene.hit(by: ray) else { return scene.sky.radiance(from: ray.direction) }
    let point = ray.at(hit.distance)
    var light: Vector
    switch hit.finish {
    case .matte:
      light = scattered(hit, at: point)
    case .varnish:
      light = scattered(hit, at: point)
      let mirrored = Tracer.mirroredShare(cosine: -ray.direction.dot(hit.normal), atRightAngle: 0.045)
      light = light * (1 - mirrored) + reflection(of: ray, at: point, hit.normal, depth: depth, weight: weight * mirrored) * mirrored
    case .metal:
      light = hit.color * reflection(of: ray, at: point, hit.normal, depth: depth, weight: weight)
    case .glass:
      light = hit.color * throughGlass(ray, hit, at: point, depth: depth, weight: weight)
    }
    return hazed(light, over: hit.distance)
  }

  /// Sun and sky, scattered by a matte surface.
  private func scattered(_ hit: Scene.Hit, at point: Vector) -> Vector {
    var arriving = scene.sky.irradiance(on: hit.normal) * scene.openness(at: point, normal: hit.normal)
    let slope = hit.normal.dot(sunDirection)
    if slope > 0 {
      let seen = scene.transmission(along: Ray(origin: point, direction: sunDirection))
      arriving += scene.sky.sunlight * (slope * seen)
    }
    return hit.color * arriving
  }

  private func reflection(of ray: Ray, at point: Vector, _ normal: Vector, depth: Int, weight: Double) -> Vector {
    guard depth < Tracer.depthLimit, weight > Tracer.weightLimit else { return Vector(0) }
    let mirrored = Ray(origin: point, direction: ray.direction.reflected(at: normal))
    return radiance(along: mirrored, depth: depth + 1, weight: weight)
  }

  private func throughGlass(_ ray: Ray, _ hit: Scene.Hit, at point: Vector, depth: Int, weight: Double) -> Vector {
    guard depth < Tracer.depthLimit else { return Vector(0) }
    let enters = ray.direction.dot(hit.normal) < 0
    let normal = enters ? hit.normal : -hit.normal
    let ratio = enters ? 1 / 1.5 : 1.5
    let cosine = -ray.direction.dot(normal)
    let square = 1 - ratio * ratio * (1 - cosine * cosine)
    guard square > 0 else { return reflection(of: ray, at: point, normal, depth: depth, weight: weight) }

    let bentCosine = square.squareRoot()
    let bent = (ray.direction * ratio + normal * (ratio * cosine - bentCosine)).normalized
    let mirrored = Tracer.mirroredShare(cosine: enters ? cosine : bentCosine, atRightAngle: 0.04)
    var light = radiance(along: Ray(origin: point, direction: bent), depth: depth + 1, weight: weight * (1 - mirrored)) * (1 - mirrored)
    // Inside the ball reflections are many and hardly seen.
    if enters {
      light += reflection(of: ray, at: point, normal, depth: depth, weight: weight * mirrored) * mirrored
    }
    return light
  }

  /// Schlick's approximation of Fresnel's formula.
  private static func mirroredShare(cosine: Double, atRightAngle base: Double) -> Double {
    let flat = 1 - clamped(cosine)
    let square = flat * flat
    return base + (1 - base) * square * square * flat
  }

  /// What is far away takes on the colour of the horizon.
  private func hazed(_ light: Vector, over distance: Double) -> Vector {
    let square = distance * distance
    return light.mixed(with: scene.sky.horizon, square / (square + 4000))
  }
}
