import Weft

/// Hashes a text so many times, from left to right.
@JS public func hashSequentially(_ text: SharedBuffer<UInt8>, times: Int) -> UInt32 {
  var hash = UInt32(0)
  for _ in 0..<times { hash = hash ^ hashed(text, text.indices) &+ 1 }
  return hash
}

/// Hashes it so many times in halves, on two threads if one has nothing else to do. The halves' hashes make that of the whole.
@JS public func hash(_ text: SharedBuffer<UInt8>, times: Int) -> UInt32 {
  let middle = text.count / 2
  var hash = UInt32(0)
  for _ in 0..<times {
    let (left, right) = join({ hashed(text, 0..<middle) }, { hashed(text, middle..<text.count) })
    hash = hash ^ (left &* power(31, text.count - middle) &+ right) &+ 1
  }
  return hash
}

@inline(never)
private func hashed(_ text: SharedBuffer<UInt8>, _ range: Range<Int>) -> UInt32 {
  var hash: UInt32 = 0
  for index in range { hash = hash &* 31 &+ UInt32(text[index]) }
  return hash
}

private func power(_ base: UInt32, _ exponent: Int) -> UInt32 {
  var power: UInt32 = 1
  for _ in 0..<exponent { power = power &* base }
  return power
}
