extension Scene {
  /// The picture: a sunflower of balls around a mirror.
  static func sunflower() -> Scene {
    var spheres = [Sphere(center: Vector(0, 1.25, 0), radius: 1.25, color: Vector(0.94, 0.93, 0.95), finish: .metal)]
    var x = 1.0
    var z = 0.0
    for seed in 0..<64 {
      // Each seed lies a golden angle further, and so far out that every one has the same room.
      (x, z) = (
        x * Disc.goldenAngle.cosine - z * Disc.goldenAngle.sine,
        x * Disc.goldenAngle.sine + z * Disc.goldenAngle.cosine
      )
      guard seed >= 7 else { continue }
      let outwards = Double(seed) / 63
      let distance = 0.64 * Double(seed).squareRoot()
      let radius = 0.24 + 0.20 * outwards
      let center = Vector(x * distance, radius, z * distance)
      spheres.append(seedSphere(seed, outwards: outwards, center: center, radius: radius))
    }
    return Scene(spheres: spheres)
  }

  private static func seedSphere(_ seed: Int, outwards: Double, center: Vector, radius: Double) -> Sphere {
    if seed % 8 == 3 {
      return Sphere(center: center, radius: radius, color: Vector(0.96, 0.98, 1.0), finish: .glass)
    }
    if seed % 8 == 6 {
      return Sphere(center: center, radius: radius, color: Vector(1.0, 0.74, 0.36), finish: .metal)
    }
    return Sphere(center: center, radius: radius, color: petalColor(outwards), finish: .varnish)
  }

  /// From the flower's heart to its edge: amber, coral, magenta, violet, blue, teal.
  private static func petalColor(_ outwards: Double) -> Vector {
    let stops = [
      Vector(0.95, 0.42, 0.03), Vector(0.90, 0.13, 0.05), Vector(0.62, 0.03, 0.17),
      Vector(0.22, 0.05, 0.46), Vector(0.03, 0.13, 0.52), Vector(0.01, 0.36, 0.38),
    ]
    let position = outwards * Double(stops.count - 1)
    let index = min(Int(position), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], position - Double(index))
  }
}
