import Weft

/// Pixels, row by row, each as the bytes red, green, blue and alpha.
struct Picture: Sendable {
  let pixels: SharedBuffer<UInt32>
  let width: Int
  var height: Int { pixels.count / width }

  init(pixels: SharedBuffer<UInt32>, width: Int) {
    precondition(width > 0 && pixels.count.isMultiple(of: width), "a picture has whole rows")
    self.pixels = pixels
    self.width = width
  }

  /// New memory for a picture that lies on its side.
  init(width height: Int, height width: Int) {
    self.init(pixels: SharedBuffer(.allocate(capacity: width * height)), width: width)
  }

  func deallocate() { pixels.baseAddress.deallocate() }

  /// A pixel; those beyond the edge are like the ones at it.
  subscript(x: Int, y: Int) -> Color {
    Color(pixels[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)])
  }

  /// Each pixel of a row becomes the average of those around it, and the row a column: twice that is a blur in both directions.
  @inline(never)
  func blur(_ y: Int, radius: Int, turnedInto target: SharedBuffer<UInt32>) {
    var sum = Color(0)
    for x in -radius...radius { sum = sum + self[x, y] }
    for x in 0..<width {
      target[x * height + y] = (sum / Int32(2 * radius + 1)).packed
      sum = sum + self[x + radius + 1, y] - self[x - radius, y]
    }
  }

  @inline(never)
  func apply(_ filter: Filter, to y: Int, into target: SharedBuffer<UInt32>) {
    for x in 0..<width { target[y * width + x] = color(x, y, filter).packed }
  }

  private func color(_ x: Int, _ y: Int, _ filter: Filter) -> Color {
    switch filter {
    case .blur: self[x, y]
    case .sharpen: self[x, y] * 5 - self[x - 1, y] - self[x + 1, y] - self[x, y - 1] - self[x, y + 1]
    case .edges: (slope(x, y, across: true) + slope(x, y, across: false)) * 2
    case .emboss: self[x + 1, y + 1] - self[x - 1, y - 1] + Color(0xFF80_8080)
    case .grayscale: self[x, y].mixed(red: (77, 151, 28), green: (77, 151, 28), blue: (77, 151, 28))
    case .sepia: self[x, y].mixed(red: (101, 197, 48), green: (89, 176, 43), blue: (70, 137, 34))
    }
  }

  /// How much the picture changes in one direction (Sobel's operator).
  private func slope(_ x: Int, _ y: Int, across: Bool) -> Color {
    func side(_ sign: Int) -> Color {
      let (left, middle, right) =
        across
        ? (self[x + sign, y - 1], self[x + sign, y], self[x + sign, y + 1])
        : (self[x - 1, y + sign], self[x, y + sign], self[x + 1, y + sign])
      return left + middle * 2 + right
    }
    return (side(1) - side(-1)).magnitude / 2
  }
}
