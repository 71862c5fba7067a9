import SwiftSyntax

/// The documentation comment of a declaration, without its markers and common indent.
enum DocumentationComment {
  static func text(of declaration: some SyntaxProtocol) -> String? {
    var lines: [Substring] = []
    var newlines = 0
    /// A comment that stands apart from the next one belongs to something else.
    func beginComment() {
      if newlines > 1 { lines = [] }
      newlines = 0
    }
    for piece in declaration.leadingTrivia {
      switch piece {
      case .docLineComment(let comment):
        beginComment()
        lines.append(comment.dropFirst(3))
      case .docBlockComment(let comment):
        beginComment()
        lines += blockLines(comment)
      case .lineComment, .blockComment:
        lines = []
      case .newlines(let count), .carriageReturns(let count), .carriageReturnLineFeeds(let count):
        newlines += count
      default:
        break
      }
    }
    let text = withoutCommonIndent(lines)
    return text.isEmpty ? nil : text.joined(separator: "\n")
  }

  /// The lines between `/**` and `*/`, without the column of stars that may run down the left side.
  private static func blockLines(_ comment: String) -> [Substring] {
    var lines = comment.dropFirst(3).dropLast(2).split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false)
    let rest = lines.dropFirst().filter { !isBlank($0) }
    if rest.allSatisfy({ $0.drop(while: isIndent).first == "*" }) {
      for index in lines.indices.dropFirst() { lines[index] = lines[index].drop(while: isIndent).dropFirst() }
      return lines
    }
    // The first line begins behind the marker, so that its indent says nothing about the others.
    let indent = rest.map { $0.prefix(while: isIndent).count }.min() ?? 0
    return [lines[0].drop(while: isIndent)] + lines.dropFirst().map { $0.dropFirst(isBlank($0) ? $0.count : indent) }
  }

  private static func withoutCommonIndent(_ lines: [Substring]) -> [String] {
    let indent = lines.filter { !isBlank($0) }.map { $0.prefix(while: isIndent).count }.min() ?? 0
    var result = lines.map { line -> String in
      var text = line.dropFirst(indent)
      while let last = text.last, last.isWhitespace { text.removeLast() }
      return String(text)
    }
    while result.last?.isEmpty == true { result.removeLast() }
    return Array(result.drop { $0.isEmpty })
  }

  private static func isIndent(_ character: Character) -> Bool { character == " " || character == "\t" }
  private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}
