import Weft

/// Hashes a text so many times, from left to right; each time goes on from the hash before.
@JS public func hashSequentially(_ text: SharedBuffer<UInt8>, times: Int) -> UInt32 {
  var hash = UInt32(0)
  for _ in 0..<times { hash = hashed(text, text.indices, from: hash) }
  return hash
}

/// Hashes it so many times in halves, on two threads if one has nothing else to do. The halves' hashes make that of the whole.
@JS public func hash(_ text: SharedBuffer<UInt8>, times: Int) -> UInt32 {
  let middle = text.count / 2
  let factor = power(31, text.count - middle)
  var hash = UInt32(0)
  for _ in 0..<times {
    let start = hash
    let (left, right) = join({ hashed(text, 0..<middle, from: start) }, { hashed(text, middle..<text.count, from: 0) })
    hash = left &* factor &+ right
  }
  return hash
}

@inline(never)
private func hashed(_ text: SharedBuffer<UInt8>, _ range: Range<Int>, from start: UInt32) -> UInt32 {
  var hash = start
  for index in range { hash = hash &* 31 &+ UInt32(text[index]) }
  return hash
}

private func power(_ base: UInt32, _ exponent: Int) -> UInt32 {
  var power: UInt32 = 1
  for _ in 0..<exponent { power = power &* base }
  return power
}
