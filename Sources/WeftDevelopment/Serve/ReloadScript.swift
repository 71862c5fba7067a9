import Foundation

/// Puts the script that reloads a page into the page.
enum ReloadScript {
  /// Where the script is served.
  static let path = "/.weft/reload.js"

  /// The script's element for a page that is served with `revision`.
  static func element(revision: String) -> String {
    "<script type=\"module\" src=\"\(path)?revision=\(revision)\"></script>"
  }

  /// Inserts an element at the end of the body, or of the page if no end of the body is written.
  static func insert(_ element: String, into page: [UInt8]) -> [UInt8] {
    let end = Array("</body>".utf8)
    var place = page.count
    if page.count >= end.count {
      for start in stride(from: page.count - end.count, through: 0, by: -1)
      where zip(page[start...], end).allSatisfy({ $0 == $1 || ($0 | 0x20 == $1 && $1 >= UInt8(ascii: "a")) }) {
        place = start
        break
      }
    }
    return Array(page[..<place]) + element.utf8 + page[place...]
  }
}
