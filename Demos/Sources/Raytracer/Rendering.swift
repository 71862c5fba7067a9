/// One picture being rendered, tile by tile. Tiles are independent: each may be rendered by another thread, in any order.
public struct Rendering: Sendable {
  /// The width of the picture in pixels.
  public let width: Int
  /// The height of the picture in pixels.
  public let height: Int
  /// How many rays are sent through each pixel.
  public let samples: Int
  /// The tiles of the picture, from its middle outwards.
  public let tiles: [Tile]

  private let scene = Scene.sunflower()
  private let camera: Camera

  /// Prepares a picture.
  /// - Precondition: all three are at least 1.
  public init(width: Int, height: Int, samples: Int) {
    precondition(width > 0 && height > 0, "a picture has at least 1 x 1 pixels, not \(width) x \(height)")
    precondition(samples > 0, "a picture needs at least 1 sample a pixel, not \(samples)")
    self.width = width
    self.height = height
    self.samples = samples
    tiles = Tile.covering(width: width, height: height)
    camera = Camera(width: width, height: height)
  }

  /// Renders one tile into the picture's pixels, row by row from the top, each as the bytes red, green, blue and opaque.
  ///
  /// `isStopped` is asked before every pixel; the tile is left unfinished once it says yes.
  /// - Returns: whether the tile is finished.
  public func render(_ tile: Tile, into pixels: UnsafeMutablePointer<UInt32>, isStopped: () -> Bool) -> Bool {
    for y in tile.rows {
      for x in tile.columns {
        if isStopped() { return false }
        pixels[y * width + x] = pixel(x: x, y: y)
      }
    }
    return true
  }

  private func pixel(x: Int, y: Int) -> UInt32 {
    var noise = Noise(x: x, y: y)
    var disc = Disc(count: samples, noise: &noise)
    var light = Vector(0)
    // A low-discrepancy sequence (R2): the first sample is the middle of the pixel, the others spread around it.
    var (across, down) = (0.5, 0.5)
    for _ in 0..<samples {
      let tracer = Tracer(scene: scene, sunDirection: scene.sky.direction(to: disc.next()))
      light += tracer.radiance(along: camera.ray(x: Double(x) + across, y: Double(y) + down)).displayed
      across += 0.7548776662466927
      down += 0.5698402909980532
      if across >= 1 { across -= 1 }
      if down >= 1 { down -= 1 }
    }
    light = light * (1 / Double(samples))
    return light.packed(dither: noise.next())
  }
}
