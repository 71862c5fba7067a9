// From light to what a screen shows.
extension Vector {
  /// Light as a film shows it: bright parts are compressed instead of cut off (Narkowicz's fit of the ACES curve).
  var displayed: Vector {
    Vector(Vector.filmic(x), Vector.filmic(y), Vector.filmic(z))
  }

  private static func filmic(_ light: Double) -> Double {
    let x = light * 0.82
    return clamped(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14))
  }

  /// The four bytes of a pixel. The dither, from 0 to 1, hides the steps between 8-bit shades.
  func packed(dither: Double) -> UInt32 {
    func byte(_ value: Double) -> UInt32 {
      // The square root stands in for the screen's gamma of 2.2: unlike a power, it is exact everywhere.
      let shade = clamped(value).squareRoot() * 255 + dither
      return shade >= 255 ? 255 : UInt32(shade)
    }
    return byte(x) | byte(y) << 8 | byte(z) << 16 | 0xFF00_0000
  }
}
