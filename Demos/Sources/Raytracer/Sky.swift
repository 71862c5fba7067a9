/// The light from infinitely far: an evening sky and its low sun.
struct Sky {
  /// Towards the middle of the sun.
  let sun = Vector(-0.62, 0.42, -0.38).normalized
  /// The light of the sun on a surface that faces it.
  let sunlight = Vector(3.5, 2.55, 1.7)
  /// The sun is wider than ours, for soft shadows: the tangent of half the angle under which it is seen.
  let sunRadius = 0.085

  /// What the distance fades into.
  let horizon = Vector(0.74, 0.22, 0.085)
  private let rose = Vector(0.26, 0.075, 0.19)
  private let violet = Vector(0.065, 0.05, 0.21)
  private let zenith = Vector(0.015, 0.03, 0.12)

  /// The light that comes from a direction.
  func radiance(from direction: Vector) -> Vector {
    // The shares of the lower colours end at about 50, 20 and 7 degrees above the horizon.
    let low = 1 - clamped(direction.y)
    let lower = low * low * low * low
    let lowest = lower * lower * lower
    var light = zenith.mixed(with: violet, low * low).mixed(with: rose, lower * low).mixed(with: horizon, lowest * lowest)
    let towardsSun = clamped(direction.dot(sun))
    let glow = towardsSun * towardsSun * towardsSun * towardsSun
    let halo = glow * glow * glow * glow
    light += Vector(1.0, 0.45, 0.20) * (0.22 * glow + 0.5 * halo * halo)
    let disc = smoothStep(0.9955, 0.9975, towardsSun)
    return light + Vector(14, 11, 8) * disc
  }

  /// The sky's light on a surface, all directions together.
  func irradiance(on normal: Vector) -> Vector {
    let up = 0.5 + 0.5 * normal.y
    let bounced = Vector(0.15, 0.10, 0.10)
    let above = Vector(0.25, 0.23, 0.40)
    return bounced.mixed(with: above, up) + Vector(0.16, 0.09, 0.05) * clamped(normal.dot(sun))
  }

  /// Towards a point of the sun, chosen by a point of the unit disc.
  func direction(to point: (x: Double, y: Double)) -> Vector {
    let sideways = sun.cross(Vector(0, 1, 0)).normalized
    let upwards = sideways.cross(sun)
    return (sun + (sideways * point.x + upwards * point.y) * sunRadius).normalized
  }
}
