import Weft

/// Fills memory with random numbers, the same ones everywhere for the same seed.
@inline(never)
@JS public func fillWithNoise(_ numbers: SharedBuffer<UInt32>, seed: UInt32) {
  (numbers.indices).parallel.forEach { numbers[$0] = mixed(UInt32(truncatingIfNeeded: $0) &+ seed &* 0x9E37_79B9) }
}

/// The `lowbias32` integer hash: every bit of the input flips every bit of the output with a probability of about a half.
private func mixed(_ value: UInt32) -> UInt32 {
  var bits = value
  bits = (bits ^ (bits >> 16)) &* 0x7FEB_352D
  bits = (bits ^ (bits >> 15)) &* 0x846C_A68B
  return bits ^ (bits >> 16)
}
