import Weft

/// A stretch of a text's bytes.
package struct Piece: Sendable {
  package let bytes: SharedBuffer<UInt8>
  package let range: Range<Int>
}

/// Cuts a text into pieces of about 32 KB, each of which ends where `isEnd` says that one may.
package func pieces(of text: SharedBuffer<UInt8>, endingAt isEnd: (UInt8) -> Bool) -> [Piece] {
  var pieces: [Piece] = []
  var start = 0
  while start < text.count {
    var end = min(start + 1 << 15, text.count)
    while end < text.count, !isEnd(text[end - 1]) { end += 1 }
    pieces.append(Piece(bytes: text, range: start..<end))
    start = end
  }
  return pieces
}
