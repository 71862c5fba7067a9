/// Random numbers that depend on nothing but where they are used: whichever thread renders a pixel, and in whichever order,
/// it draws the same ones.
struct Noise {
  private var state: UInt32

  init(x: Int, y: Int) {
    state = Noise.mixed(UInt32(truncatingIfNeeded: x) ^ Noise.mixed(UInt32(truncatingIfNeeded: y) &+ 0x9E37_79B9))
  }

  /// The next number, from 0 up to but not including 1.
  mutating func next() -> Double {
    state = state &+ 0x9E37_79B9
    return Double(Noise.mixed(state)) * 0x1p-32
  }

  /// The `lowbias32` integer hash: every bit of the input flips every bit of the output with a probability of about a half.
  private static func mixed(_ value: UInt32) -> UInt32 {
    var bits = value
    bits = (bits ^ (bits >> 16)) &* 0x7FEB_352D
    bits = (bits ^ (bits >> 15)) &* 0x846C_A68B
    return bits ^ (bits >> 16)
  }
}
