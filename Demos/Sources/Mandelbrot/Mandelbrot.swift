import Weft

/// Draws the Mandelbrot set row after row.
@JS public func mandelbrotSequentially(_ pixels: SharedBuffer<UInt32>, view: MandelbrotView) {
  for row in 0..<view.height { view.draw(row, into: pixels) }
}

/// Draws the same picture on all threads. Rows inside the set take longest: who is done early takes rows from the others.
@JS public func mandelbrot(_ pixels: SharedBuffer<UInt32>, view: MandelbrotView) {
  (0..<view.height).parallel.forEach { view.draw($0, into: pixels) }
}

/// What part of the plane is drawn, and how finely.
@JS public struct MandelbrotView: Sendable {
  /// The picture's size in pixels.
  public var width: Int
  public var height: Int
  /// The middle of the picture, and the width of a pixel.
  public var x: Double
  public var y: Double
  public var pixel: Double
  /// How many steps a point has to escape.
  public var limit: Int

  public init(width: Int, height: Int, x: Double, y: Double, pixel: Double, limit: Int) {
    self.width = width
    self.height = height
    self.x = x
    self.y = y
    self.pixel = pixel
    self.limit = limit
  }

  @inline(never)
  func draw(_ row: Int, into pixels: SharedBuffer<UInt32>) {
    let imaginary = y + (Double(row) - Double(height) / 2) * pixel
    for column in 0..<width {
      let real = x + (Double(column) - Double(width) / 2) * pixel
      pixels[row * width + column] = color(real, imaginary)
    }
  }

  /// Squares and adds until the point is far away, and colours it by how long that takes.
  private func color(_ real: Double, _ imaginary: Double) -> UInt32 {
    var (a, b) = (real, imaginary)
    for step in 0..<limit {
      let (aa, bb) = (a * a, b * b)
      if aa + bb > 256 { return gradient(at: Double(step) + 4 - logarithm(logarithm(aa + bb))) }
      (a, b) = (aa - bb + real, 2 * a * b + imaginary)
    }
    return 0xFF18_0A0C
  }
}
