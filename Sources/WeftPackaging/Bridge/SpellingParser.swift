/// Reads a type as the macro spells it.
struct SpellingParser {
  private var rest: Substring

  init(_ spelling: String) { rest = spelling[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func type() -> BridgedType? {
    guard var type = plain() else { return nil }
    while take("?") { type = .optional(type) }
    return type
  }

  private mutating func plain() -> BridgedType? {
    if take("[") {
      guard let first = type() else { return nil }
      if take(": ") {
        guard first == .string, let value = type(), take("]") else { return nil }
        return .dictionary(value)
      }
      return take("]") ? .array(first) : nil
    }
    if take("(") {
      guard let elements = elements() else { return nil }
      guard take(" -> ") || take(" throws(JSError) -> ") else {
        // What stands in parentheses to be optional.
        if elements.count == 1, elements[0].label == nil { return elements[0].type }
        return .tuple(elements)
      }
      guard let result = type() else { return nil }
      return .function(elements.map(\.type), result: result)
    }
    let name = identifier()
    switch name {
    case "": return nil
    case "Void": return .void
    case "Bool": return .bool
    case "String": return .string
    case "JSValue": return .value
    case "JSSharedMemory": return .sharedMemory
    case "Cancellation", "ProgressCounter": return .control
    case "SharedBuffer":
      guard take("<"), let number = NumberType(rawValue: identifier()), take(">") else { return nil }
      return .sharedBuffer(number)
    default: return NumberType(rawValue: name).map(BridgedType.number) ?? .named(name)
    }
  }

  /// What stands between parentheses, with the one that closes them.
  private mutating func elements() -> [BridgedType.Element]? {
    var elements: [BridgedType.Element] = []
    while !take(")") {
      if !elements.isEmpty, !take(", ") { return nil }
      let before = rest
      var label: String? = identifier()
      if label == "" || !take(": ") {
        label = nil
        rest = before
      }
      guard let type = type() else { return nil }
      elements.append(BridgedType.Element(label: label, type: type))
    }
    return elements
  }

  private mutating func identifier() -> String {
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }
}
