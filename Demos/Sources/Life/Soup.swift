import Weft

/// Fills a world at random: about a third of the cells live. The same seed makes the same world.
@JS public func fillWithLife(_ cells: SharedBuffer<UInt8>, seed: UInt32) {
  var state = seed | 1
  for index in cells.indices {
    // Xorshift, of which the upper bits are the better ones.
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    cells[index] = state >> 24 < 85 ? 255 : 0
  }
}
