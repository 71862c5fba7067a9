import SwiftSyntax

/// The spellings of the types that cross to JavaScript. A macro sees no more of a type than how it is written.
enum BridgedSpelling {
  static let numbers = [
    "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Float", "Double",
  ]
  static let scalars = ["Bool", "String"] + numbers

  /// The canonical spelling of `type`; nil if it cannot be a parameter.
  static func parameter(_ type: TypeSyntax) -> String? {
    if let name = type.as(IdentifierTypeSyntax.self) {
      let base = name.name.text
      guard let clause = name.genericArgumentClause else { return scalars.contains(base) ? base : nil }
      guard clause.arguments.count == 1, let element = clause.arguments.first.flatMap({ number($0.argument.trimmedDescription) })
      else { return nil }
      switch base {
      case "Array": return "[\(element)]"
      case "SharedBuffer": return "SharedBuffer<\(element)>"
      default: return nil
      }
    }
    if let array = type.as(ArrayTypeSyntax.self) {
      return number(array.element.trimmedDescription).map { "[\($0)]" }
    }
    return nil
  }

  /// The canonical spelling of `type`; nil if it cannot be a result.
  static func result(_ type: TypeSyntax) -> String? {
    ["Void", "()"].contains(type.trimmedDescription) ? "Void" : parameter(type)
  }

  static func isArray(_ spelling: String) -> Bool { spelling.hasPrefix("[") }
  static func isSharedBuffer(_ spelling: String) -> Bool { spelling.hasPrefix("SharedBuffer<") }

  private static func number(_ spelling: String) -> String? { numbers.contains(spelling) ? spelling : nil }
}
