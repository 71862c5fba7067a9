import Foundation

/// What a `Range` header asks for.
enum ByteRange: Equatable {
  /// The whole file: there is no range, or one that a server may ignore (several ranges, another unit, nonsense).
  case whole
  /// These bytes.
  case part(Range<Int>)
  /// Bytes beyond the end.
  case unsatisfiable

  init(header: String?, size: Int) {
    self = .whole
    guard let header, let match = header.wholeMatch(of: #/bytes=(\d{0,18})-(\d{0,18})/#) else { return }
    switch (Int(match.1), Int(match.2)) {
    case (nil, nil): return
    case (nil, let suffix?):
      self = suffix == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - suffix)..<size)
    case (let first?, let last):
      if let last, last < first { return }
      self = first >= size ? .unsatisfiable : .part(first..<min(size, (last ?? size - 1) + 1))
    }
  }
}
