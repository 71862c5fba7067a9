import Weft

/// How often words come.
struct Tally: Sendable {
  private var words = 0
  /// By the words' hashes.
  private var frequencies: [UInt64: FrequentWord] = [:]

  mutating func add(_ piece: Piece) {
    let text = piece.bytes
    var index = piece.range.lowerBound
    let end = piece.range.upperBound
    while index < end {
      let start = index
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      while index < end {
        let byte = lowercased(text[index])
        if byte == 0 { break }
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        index += 1
      }
      if index > start {
        words += 1
        frequencies[hash, default: FrequentWord(offset: start, length: index - start, count: 0)].count += 1
      }
      index += 1
    }
  }

  mutating func merge(_ other: Tally) {
    words += other.words
    for (hash, word) in other.frequencies {
      let known = frequencies[hash] ?? FrequentWord(offset: word.offset, length: word.length, count: 0)
      frequencies[hash] = FrequentWord(offset: min(known.offset, word.offset), length: word.length, count: known.count + word.count)
    }
  }

  func result(top: Int) -> WordCount {
    let order = frequencies.values.sorted { ($1.count, $0.offset) < ($0.count, $1.offset) }
    return WordCount(words: words, different: frequencies.count, top: Array(order.prefix(top)))
  }
}
