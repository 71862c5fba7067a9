import Pieces
import Weft

/// Goes through lines of JSON, one after the other, and adds up what it finds.
@JS public func scanLinesSequentially(_ text: SharedBuffer<UInt8>) -> JSONContents {
  var contents = JSONContents()
  for piece in pieces(of: text, endingAt: { $0 == 10 }) { contents.scan(piece) }
  return contents
}

/// Goes through them on all threads. No line continues in the next one, so each thread begins wherever a line does.
@JS public func scanLines(_ text: SharedBuffer<UInt8>) -> JSONContents {
  let lines = pieces(of: text, endingAt: { $0 == 10 })
  return lines.parallel.accumulate(into: JSONContents(), { $0.scan($1) }, { $0.merge($1) })
}

/// What lines of JSON hold.
@JS public struct JSONContents: Sendable, Equatable {
  public var strings: Int = 0
  public var numbers: Int = 0
  public var containers: Int = 0
  /// The sum of all whole numbers.
  public var sum: Double = 0

  @inline(never)
  mutating func scan(_ piece: Piece) {
    let text = piece.bytes
    var index = piece.range.lowerBound
    let end = piece.range.upperBound
    while index < end {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        strings += 1
        while index < end, text[index] != UInt8(ascii: "\"") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
        index += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        numbers += 1
        var number = Double(byte - 48)
        while index < end, text[index] &- 48 < 10 {
          number = number * 10 + Double(text[index] - 48)
          index += 1
        }
        sum += number
      case UInt8(ascii: "{"), UInt8(ascii: "["): containers += 1
      default: break
      }
    }
  }

  mutating func merge(_ other: JSONContents) {
    strings += other.strings
    numbers += other.numbers
    containers += other.containers
    sum += other.sum
  }
}
