/// Red, green and blue, which may be less than 0 or more than 255 on the way.
struct Color {
  private var red: Int32
  private var green: Int32
  private var blue: Int32

  init(_ red: Int32, _ green: Int32, _ blue: Int32) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  init(_ pixel: UInt32) {
    self.init(Int32(pixel & 0xFF), Int32(pixel >> 8 & 0xFF), Int32(pixel >> 16 & 0xFF))
  }

  static func + (a: Color, b: Color) -> Color { Color(a.red &+ b.red, a.green &+ b.green, a.blue &+ b.blue) }
  static func - (a: Color, b: Color) -> Color { Color(a.red &- b.red, a.green &- b.green, a.blue &- b.blue) }
  static func * (a: Color, b: Int32) -> Color { Color(a.red &* b, a.green &* b, a.blue &* b) }
  static func / (a: Color, b: Int32) -> Color { Color(a.red / b, a.green / b, a.blue / b) }

  var magnitude: Color { Color(abs(red), abs(green), abs(blue)) }

  /// Each new component is a sum of the old ones with weights in 256ths.
  func mixed(red toRed: (Int32, Int32, Int32), green toGreen: (Int32, Int32, Int32), blue toBlue: (Int32, Int32, Int32)) -> Color {
    func sum(_ weights: (Int32, Int32, Int32)) -> Int32 { (red &* weights.0 &+ green &* weights.1 &+ blue &* weights.2) >> 8 }
    return Color(sum(toRed), sum(toGreen), sum(toBlue))
  }

  /// An opaque pixel.
  var packed: UInt32 {
    func byte(_ value: Int32) -> UInt32 { UInt32(min(max(value, 0), 255)) }
    return byte(red) | byte(green) << 8 | byte(blue) << 16 | 0xFF00_0000
  }
}
