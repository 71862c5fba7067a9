/// A colour that changes smoothly and returns after 64 steps: night blue, white, amber, plum.
func gradient(at step: Double) -> UInt32 {
  let stops: [(Double, Double, Double)] = [(14, 20, 60), (40, 110, 190), (236, 246, 255), (255, 176, 60), (150, 36, 70), (14, 20, 60)]
  let position = max(0, step) / 64
  let place = (position - Double(Int(position))) * 5
  let index = min(Int(place), 4)
  let (low, high, share) = (stops[index], stops[index + 1], place - Double(index))
  func byte(_ from: Double, _ to: Double) -> UInt32 { UInt32(from + (to - from) * share) }
  return byte(low.0, high.0) | byte(low.1, high.1) << 8 | byte(low.2, high.2) << 16 | 0xFF00_0000
}

/// About the logarithm to the base 2 of a number of at least 1. Continuous, and the same to the bit everywhere, unlike `log2`.
func logarithm(_ value: Double) -> Double {
  let bits = value.bitPattern
  let exponent = Double(Int(bits >> 52) - 1023)
  let rest = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - 1
  return exponent + rest * (1.3465 - 0.3465 * rest)
}
