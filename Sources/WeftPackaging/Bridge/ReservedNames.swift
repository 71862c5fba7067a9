/// The names that an exported function cannot have in JavaScript.
enum ReservedNames {
  /// Why `name` cannot be used; nil if it can.
  static func reason(against name: String) -> String? {
    if words.contains(name) { return "is a reserved word in JavaScript" }
    if members.contains(name) { return "is a member of the app that 'init()' returns" }
    return nil
  }

  /// Why a member of a type cannot be called so. As behind a dot, reserved words are allowed.
  static func reason(againstMember name: String, isStatic: Bool) -> String? {
    if isStatic && ["length", "name", "prototype", "arguments", "caller"].contains(name) {
      return "is a property of every function in JavaScript"
    }
    if !isStatic && ["dispose", "constructor", "then", "__proto__"].contains(name) {
      return "is a member of every object of a Swift class in JavaScript"
    }
    return nil
  }

  private static let words: Set = [
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
    "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface",
    "let", "new", "null", "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true",
    "try", "typeof", "var", "void", "while", "with", "yield",
  ]

  /// The app's own members, and those of every object that a function would hide. An app with `then` would pass for a promise.
  private static let members: Set = [
    "alloc", "share", "shared", "state", "terminate", "threads",
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "then", "toLocaleString", "toString", "valueOf",
    "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__",
  ]

  /// A name for a parameter in the declarations: parameters are positional, so that it may differ from Swift's.
  static func parameterName(_ name: String, after earlier: [String]) -> String {
    var result = name
    while words.contains(result) || earlier.contains(result) { result += "_" }
    return result
  }
}
