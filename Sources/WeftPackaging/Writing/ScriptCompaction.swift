/// Leaves out of a script the white space that nobody needs who runs it.
///
/// A line's end stays where it might end a statement: not behind an opening bracket,
/// a separator or an operator, nor before what cannot begin one.
struct ScriptCompaction {
  private let text: [Character]
  private var position = 0
  private var result = ""
  /// Those that are open: whether each says when or how often something is done.
  private var parentheses: [Bool] = []
  /// Whether those that were closed last did.
  private var isBehindHeader = false

  static func compact(_ text: String) -> String {
    var compaction = ScriptCompaction(text: Array(text))
    compaction.run()
    return compaction.result
  }

  private init(text: [Character]) { self.text = text }

  private mutating func run() {
    while position < text.count {
      let character = text[position]
      if character.isWhitespace {
        skipSpace()
      } else if "\"'`".contains(character) {
        let start = position
        skipString()
        result += String(text[start..<position])
      } else if character == "/", position + 1 < text.count, "/*".contains(text[position + 1]) {
        // What is still there of comments tells bundlers something.
        let start = position
        skipComment()
        result += String(text[start..<position])
      } else if character == "/", startsExpression {
        let start = position
        skipRegularExpression()
        result += String(text[start..<position])
      } else {
        if character == "(" { parentheses.append(["for", "if", "while"].contains(lastWord)) }
        if character == ")" { isBehindHeader = parentheses.popLast() ?? false }
        if character == "=", position + 1 < text.count, text[position + 1] == ">" { dropParentheses() }
        if "})]".contains(character) { dropSeparator(before: character) }
        result.append(character)
        position += 1
      }
    }
  }

  /// What ends a list or a block need not end its last part too. Behind what says when or how often, a semicolon is a whole statement.
  private mutating func dropSeparator(before end: Character) {
    if result.last == "," || end == "}" && result.hasSuffix(";") && !(result.hasSuffix(");") && isBehindHeader) { result.removeLast() }
  }

  private var lastWord: String { String(result.reversed().prefix(while: Self.isWord).reversed()) }

  /// Before an arrow: one parameter needs none.
  private mutating func dropParentheses() {
    guard result.last == ")" else { return }
    let name = String(result.dropLast().reversed().prefix(while: Self.isWord).reversed())
    let before = result.dropLast(name.count + 1)
    guard !name.isEmpty, before.last == "(" else { return }
    if before.hasSuffix("async(") {
      result = before.dropLast() + " " + name
    } else if before.dropLast().last.map({ "(,=:?&|[{;>\n".contains($0) }) ?? true {
      result = before.dropLast() + name
    }
  }

  /// Whether a slash here begins a regular expression, and does not divide.
  private var startsExpression: Bool { result.last.map { "(,=:[!&|?{};\n>".contains($0) } ?? true }

  private mutating func skipSpace() {
    var hasLineEnd = false
    while position < text.count, text[position].isWhitespace {
      hasLineEnd = hasLineEnd || text[position].isNewline
      position += 1
    }
    guard let before = result.last, position < text.count else { return }
    let after = text[position]
    if hasLineEnd {
      if !";{,([=>&|?:+-*".contains(before), !"})].?:&|".contains(after) { result.append("\n") }
    } else if Self.isWord(before) && Self.isWord(after) || before == after && "+-".contains(before) {
      result.append(" ")
    }
  }

  private mutating func skipString() {
    let quote = text[position]
    position += 1
    while text[position] != quote {
      if text[position] == "\\" {
        position += 2
      } else if quote == "`", text[position] == "$", text[position + 1] == "{" {
        position += 2
        skipBlock()
      } else {
        position += 1
      }
    }
    position += 1
  }

  /// Behind an opening brace: goes behind the one that closes it.
  private mutating func skipBlock() {
    while text[position] != "}" {
      if "\"'`".contains(text[position]) {
        skipString()
      } else if text[position] == "{" {
        position += 1
        skipBlock()
      } else {
        position += 1
      }
    }
    position += 1
  }

  private mutating func skipComment() {
    if text[position + 1] == "/" {
      while position < text.count, !text[position].isNewline { position += 1 }
      if position < text.count { position += 1 }
    } else {
      position += 2
      while !(text[position] == "*" && text[position + 1] == "/") { position += 1 }
      position += 2
    }
  }

  private mutating func skipRegularExpression() {
    var isInClass = false
    position += 1
    while text[position] != "/" || isInClass {
      switch text[position] {
      case "\\": position += 1
      case "[": isInClass = true
      case "]": isInClass = false
      default: break
      }
      position += 1
    }
    position += 1
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_$#".contains(character)
  }
}
