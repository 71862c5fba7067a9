import Pieces
import Weft

/// Counts the words of a text, from its beginning to its end.
@JS public func countWordsSequentially(_ text: SharedBuffer<UInt8>, top: Int) -> WordCount {
  var tally = Tally()
  for piece in pieces(of: text, endingAt: isBetweenWords) { tally.add(piece) }
  return tally.result(top: top)
}

/// Counts them on all threads: each has a tally of its own, and these are merged in the end.
@JS public func countWords(_ text: SharedBuffer<UInt8>, top: Int) -> WordCount {
  let pieces = pieces(of: text, endingAt: isBetweenWords)
  return pieces.parallel.accumulate(into: Tally(), { $0.add($1) }, { $0.merge($1, of: text) }).result(top: top)
}

/// How many words a text has, how many different ones, and the most frequent ones.
@JS public struct WordCount: Sendable, Equatable {
  public var words: Int
  public var different: Int
  public var top: [FrequentWord]
}

/// A word: where it first stands in the text, and how often it comes.
@JS public struct FrequentWord: Sendable, Equatable {
  public var offset: Int
  public var length: Int
  public var count: Int
}

func isBetweenWords(_ byte: UInt8) -> Bool { lowercased(byte) == 0 }

/// The byte of a word in lower case, 0 if it belongs to no word. What is not ASCII belongs to words.
@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 {
  switch byte {
  case 65...90: byte | 0x20
  case 97...122, 48...57, 39, 128...: byte
  default: 0
  }
}
