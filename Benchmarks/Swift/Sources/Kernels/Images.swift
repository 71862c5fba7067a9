import Weft

/// The real part in [-2.5, 1), the imaginary in [-1.25, 1.25), 256 iterations.
final class Mandelbrot: Kernel, RowKernel {
  private let width, height: Int
  private let image: Elements<UInt32>

  init(size: Int) {
    (width, height) = dimensions(pixels: size)
    image = Elements(count: width * height, zero: 0)
  }

  deinit { image.free() }

  package var rowCount: Int { height }
  package func computeRow(_ y: Int) { mandelbrotRow(image.base + y &* width, y, width, height) }

  override func sequential(_ repetition: Int) {
    for y in 0..<height { mandelbrotRow(image.base + y &* width, y, width, height) }
  }

  override func parallel(_ repetition: Int) {
    let (image, width, height) = (image, width, height)
    parallelFor(0..<height) { y in mandelbrotRow(image.base + y &* width, y, width, height) }
  }

  override var hash: UInt32 { image.hash }
}

@inline(__always)
private func mandelbrotRow(_ row: UnsafeMutablePointer<UInt32>, _ y: Int, _ width: Int, _ height: Int) {
  let ci = -1.25 + 2.5 * Double(y) / Double(height)
  for x in 0..<width {
    let cr = -2.5 + 3.5 * Double(x) / Double(width)
    var (zr, zi) = (0.0, 0.0)
    var iteration: UInt32 = 0
    while iteration < 256 {
      let (r2, i2) = (zr * zr, zi * zi)
      if r2 + i2 > 4 { break }
      zi = 2 * zr * zi + ci
      zr = r2 - i2 + cr
      iteration &+= 1
    }
    row[x] = iteration
  }
}

/// The mean of 9 x 9 RGBA pixels, cut off, with the edges repeated.
final class Blur: Kernel, RowKernel {
  private let width, height: Int
  private let source, image: Elements<UInt8>

  init(size: Int) {
    (width, height) = dimensions(pixels: size)
    var random = Random()
    source = Elements(count: width * height * 4) { _ in UInt8(truncatingIfNeeded: random.next()) }
    image = Elements(count: width * height * 4, zero: 0)
  }

  deinit {
    source.free()
    image.free()
  }

  package var rowCount: Int { height }
  package func computeRow(_ y: Int) { blurRow(source.base, image.base + y &* width &* 4, y, width, height) }

  override func sequential(_ repetition: Int) {
    for y in 0..<height { blurRow(source.base, image.base + y &* width &* 4, y, width, height) }
  }

  override func parallel(_ repetition: Int) {
    let (source, image, width, height) = (source, image, width, height)
    parallelFor(0..<height) { y in blurRow(source.base, image.base + y &* width &* 4, y, width, height) }
  }

  override var hash: UInt32 { image.hash }
}

@inline(__always)
private func blurRow(_ source: UnsafePointer<UInt8>, _ row: UnsafeMutablePointer<UInt8>, _ y: Int, _ width: Int, _ height: Int) {
  let radius = 4
  let count = UInt32((2 * radius + 1) * (2 * radius + 1))
  for x in 0..<width {
    var (red, green, blue, alpha) = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
    for dy in -radius...radius {
      let line = source + min(max(y &+ dy, 0), height &- 1) &* width &* 4
      for dx in -radius...radius {
        let pixel = line + min(max(x &+ dx, 0), width &- 1) &* 4
        red &+= UInt32(pixel[0])
        green &+= UInt32(pixel[1])
        blue &+= UInt32(pixel[2])
        alpha &+= UInt32(pixel[3])
      }
    }
    let pixel = row + x &* 4
    pixel[0] = UInt8(truncatingIfNeeded: red / count)
    pixel[1] = UInt8(truncatingIfNeeded: green / count)
    pixel[2] = UInt8(truncatingIfNeeded: blue / count)
    pixel[3] = UInt8(truncatingIfNeeded: alpha / count)
  }
}
