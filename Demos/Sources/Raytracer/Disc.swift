/// Evenly spread points on the unit disc, one a sample: a sunflower's spiral, turned by another angle in every pixel so that
/// what remains of the pattern is noise and not bands.
struct Disc {
  /// One turn by the golden angle. Turning by multiplication needs no sine, so every system gets the same points.
  static let goldenAngle = (cosine: -0.7373688780783197, sine: 0.6754902942615238)

  private let count: Double
  private let offset: Double
  private var index = 0.0
  private var x: Double
  private var y: Double

  init(count: Int, noise: inout Noise) {
    self.count = Double(count)
    offset = noise.next()
    // The rational points of a half circle, put on either side of the axis.
    let t = 2 * noise.next() - 1
    let side = noise.next() < 0.5 ? 1.0 : -1.0
    x = side * (1 - t * t) / (1 + t * t)
    y = side * 2 * t / (1 + t * t)
  }

  /// The next point. At most `count` are there.
  mutating func next() -> (x: Double, y: Double) {
    let radius = ((index + offset) / count).squareRoot()
    let point = (x: x * radius, y: y * radius)
    index += 1
    (x, y) = (
      x * Disc.goldenAngle.cosine - y * Disc.goldenAngle.sine,
      x * Disc.goldenAngle.sine + y * Disc.goldenAngle.cosine
    )
    return point
  }
}
