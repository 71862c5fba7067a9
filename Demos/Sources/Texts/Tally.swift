import Pieces
import Weft

/// How often words come: a hash table, in which a word takes the next free place.
struct Tally: Sendable {
  private var words = 0
  private var different = 0
  private var places = [Place](repeating: Place(), count: 1 << 12)

  private struct Place {
    var hash: UInt32 = 0
    /// Nobody has the place as long as the count is 0.
    var word = FrequentWord(offset: 0, length: 0, count: 0)
  }

  @inline(never)
  mutating func add(_ piece: Piece) {
    let text = piece.bytes
    var index = piece.range.lowerBound
    let end = piece.range.upperBound
    while index < end {
      let start = index
      var hash: UInt32 = 0x811C_9DC5
      while index < end {
        let byte = lowercased(text[index])
        if byte == 0 { break }
        hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        index += 1
      }
      if index > start { add(FrequentWord(offset: start, length: index - start, count: 1), hash: hash, of: text) }
      index += 1
    }
  }

  mutating func merge(_ other: Tally, of text: SharedBuffer<UInt8>) {
    for place in other.places where place.word.count > 0 { add(place.word, hash: place.hash, of: text) }
  }

  @inline(never)
  private mutating func add(_ word: FrequentWord, hash: UInt32, of text: SharedBuffer<UInt8>) {
    if different * 2 > places.count { grow() }
    words += word.count
    // Where `Int` has 32 bits half of all hashes do not fit.
    var index = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[index].word.count > 0, places[index].hash != hash || !isSame(places[index].word, word, in: text) {
      index = (index + 1) & (places.count - 1)
    }
    if places[index].word.count == 0 {
      different += 1
      places[index] = Place(hash: hash, word: word)
    } else {
      places[index].word.count += word.count
      places[index].word.offset = min(places[index].word.offset, word.offset)
    }
  }

  private func isSame(_ a: FrequentWord, _ b: FrequentWord, in text: SharedBuffer<UInt8>) -> Bool {
    if a.length != b.length { return false }
    for index in 0..<a.length where lowercased(text[a.offset + index]) != lowercased(text[b.offset + index]) { return false }
    return true
  }

  private mutating func grow() {
    let old = places
    places = [Place](repeating: Place(), count: 2 * old.count)
    for place in old where place.word.count > 0 {
      var index = Int(truncatingIfNeeded: place.hash) & (places.count - 1)
      while places[index].word.count > 0 { index = (index + 1) & (places.count - 1) }
      places[index] = place
    }
  }

  /// The most frequent words; of those that come equally often, the one that comes first.
  @inline(never)
  consuming func result(top: Int) -> WordCount {
    var frequent: [FrequentWord] = []
    while frequent.count < min(top, different) {
      var best = 0
      for index in places.indices {
        let (word, other) = (places[index].word, places[best].word)
        if word.count > other.count || word.count == other.count && word.offset < other.offset { best = index }
      }
      frequent.append(places[best].word)
      places[best].word.count = 0
    }
    return WordCount(words: words, different: different, top: frequent)
  }
}
