import Weft

/// Fills memory with text, the same everywhere. Some words come often and most seldom, as in a language.
@JS public func fillWithProse(_ text: SharedBuffer<UInt8>) {
  let words: [StaticString] = [
    "the", "a", "of", "and", "thread", "to", "in", "it", "loom", "Weft", "warp", "cloth", "as", "by", "we", "shuttle", "pattern", "colour",
    "weaver", "fabric", "on", "is", "spindle", "selvage", "texture", "tapestry", "parallel", "browser", "embroidery", "heddle",
  ]
  var state: UInt32 = 1
  var index = 0
  while index < text.count {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    // The product of two random numbers is small more often than it is large.
    let word = words[(Int((state >> 8 & 0xFF) * (state >> 16 & 0xFF)) * words.count) >> 16]
    for place in 0..<min(word.utf8CodeUnitCount, text.count - index) { text[index + place] = word.utf8Start[place] }
    index += word.utf8CodeUnitCount
    if index < text.count { text[index] = state >> 28 == 0 ? 10 : 32 }
    index += 1
  }
}
