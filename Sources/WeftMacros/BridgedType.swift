import SwiftSyntax

/// A type that crosses between Swift and JavaScript, as far as a macro can know it: by how it is written.
indirect enum BridgedType: Sendable {
  /// A type that a name alone tells: `Double`, `String`, `JSValue`, `JSSharedMemory`, or one of the program's own.
  case named(String)
  case optional(BridgedType)
  case array(BridgedType)
  /// With `String` keys.
  case dictionary(BridgedType)
  case sharedBuffer(String)
  case tuple([(label: String?, type: BridgedType)])
  case function(Function)

  struct Function: Sendable {
    let parameters: [BridgedType]
    let canThrow: Bool
    let result: BridgedType
  }

  static let void = BridgedType.tuple([])

  static let numbers = [
    "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Float", "Double",
  ]

  /// Nil if values of the type do not cross.
  init?(_ type: TypeSyntax) {
    if let attributed = type.as(AttributedTypeSyntax.self) {
      // `@escaping` and `@Sendable` tell the compiler of a function what JavaScript need not know.
      guard attributed.baseType.is(FunctionTypeSyntax.self), attributed.specifiers.isEmpty, attributed.lateSpecifiers.isEmpty else {
        return nil
      }
      self.init(attributed.baseType)
    } else if let name = type.as(IdentifierTypeSyntax.self) {
      self.init(name)
    } else if let optional = type.as(OptionalTypeSyntax.self) {
      self.init(optionalOf: optional.wrappedType)
    } else if let array = type.as(ArrayTypeSyntax.self) {
      self.init(arrayOf: array.element)
    } else if let dictionary = type.as(DictionaryTypeSyntax.self) {
      self.init(dictionaryFrom: dictionary.key, to: dictionary.value)
    } else if let function = type.as(FunctionTypeSyntax.self) {
      self.init(function)
    } else if let tuple = type.as(TupleTypeSyntax.self) {
      self.init(tuple)
    } else {
      return nil
    }
  }

  private init?(_ type: IdentifierTypeSyntax) {
    let name = type.name.text
    guard let clause = type.genericArgumentClause else {
      switch name {
      case "Void": self = .void
      case "Any", "Self", "Never", "Character", "StaticString", "Substring": return nil
      default: self = .named(name)
      }
      return
    }
    let arguments = clause.arguments.compactMap { $0.argument.as(TypeSyntax.self) }
    switch (name, arguments.count) {
    case ("Array", 1): self.init(arrayOf: arguments[0])
    case ("Optional", 1): self.init(optionalOf: arguments[0])
    case ("Dictionary", 2): self.init(dictionaryFrom: arguments[0], to: arguments[1])
    case ("SharedBuffer", 1):
      guard Self.numbers.contains(arguments[0].trimmedDescription) else { return nil }
      self = .sharedBuffer(arguments[0].trimmedDescription)
    default: return nil
    }
  }

  private init?(optionalOf type: TypeSyntax) {
    guard let wrapped = BridgedType(type), wrapped.canBeOptional else { return nil }
    self = .optional(wrapped)
  }

  private init?(arrayOf type: TypeSyntax) {
    guard let element = BridgedType(type), element.canBeInside else { return nil }
    self = .array(element)
  }

  private init?(dictionaryFrom key: TypeSyntax, to value: TypeSyntax) {
    guard key.trimmedDescription == "String", let value = BridgedType(value), value.canBeInside else { return nil }
    self = .dictionary(value)
  }

  private init?(_ type: FunctionTypeSyntax) {
    guard type.effectSpecifiers?.asyncSpecifier == nil else { return nil }
    let throwing = type.effectSpecifiers?.throwsClause
    // What a function of JavaScript throws may be anything; `JSError` holds it.
    if let throwing, throwing.type?.trimmedDescription != "JSError" { return nil }
    let parameters = type.parameters.map { BridgedType($0.type) }
    guard let result = BridgedType(type.returnClause.type), result.isVoid || result.canBeInside,
      parameters.allSatisfy({ $0?.canBeInside == true }), type.parameters.allSatisfy({ $0.ellipsis == nil && $0.inoutKeyword == nil })
    else { return nil }
    self = .function(Function(parameters: parameters.compactMap(\.self), canThrow: throwing != nil, result: result))
  }

  private init?(_ type: TupleTypeSyntax) {
    if type.elements.count == 1, let only = type.elements.first, only.firstName == nil {
      self.init(only.type)
      return
    }
    var elements: [(String?, BridgedType)] = []
    for element in type.elements {
      guard let type = BridgedType(element.type), type.canBeInside else { return nil }
      elements.append((element.firstName?.identifier?.name, type))
    }
    // JavaScript has objects and arrays, nothing in between.
    guard elements.allSatisfy({ $0.0 == nil }) || elements.allSatisfy({ $0.0 != nil }) else { return nil }
    self = .tuple(elements)
  }

  var isVoid: Bool {
    if case .tuple(let elements) = self { elements.isEmpty } else { false }
  }

  var isArray: Bool {
    if case .array = self { true } else { false }
  }

  var isNumberArray: Bool {
    if case .array(.named(let name)) = self { Self.numbers.contains(name) } else { false }
  }

  /// Whether 8 bytes in a call's frame are enough for it, whatever the value.
  var isScalar: Bool {
    if case .named(let name) = self { name == "Bool" || Self.numbers.contains(name) } else { false }
  }

  /// Whether the program's code need not know more than that the type crosses.
  private var canBeInside: Bool {
    switch self {
    case .function, .tuple, .sharedBuffer: false
    case .named(let name): !["Cancellation", "ProgressCounter"].contains(name)
    case .optional, .array, .dictionary: true
    }
  }

  private var canBeOptional: Bool {
    switch self {
    case .function: true
    case .optional: false
    default: canBeInside
    }
  }

  /// How Swift spells it, always in the same way.
  var spelling: String {
    switch self {
    case .named(let name): name
    case .optional(.function(let function)): "(\(BridgedType.function(function).spelling))?"
    case .optional(let wrapped): "\(wrapped.spelling)?"
    case .array(let element): "[\(element.spelling)]"
    case .dictionary(let value): "[String: \(value.spelling)]"
    case .sharedBuffer(let element): "SharedBuffer<\(element)>"
    case .tuple(let elements):
      elements.isEmpty
        ? "Void" : "(\(elements.map { ($0.label.map { "\($0): " } ?? "") + $0.type.spelling }.joined(separator: ", ")))"
    case .function(let function):
      "(\(function.parameters.map(\.spelling).joined(separator: ", ")))\(function.canThrow ? " throws(JSError)" : "") -> \(function.result.spelling)"
    }
  }

  /// The type that tells how values cross.
  var codec: String {
    switch self {
    case .named(let name):
      Self.numbers.contains(name) || Self.runtimeTypes.contains(name) ? name : "__weft_codec_\(name)"
    case .optional(let wrapped): "_JSOptional<\(wrapped.codec)>"
    case .array(.named(let name)) where Self.numbers.contains(name): "_JSNumbers<\(name)>"
    case .array(let element): "_JSArray<\(element.codec)>"
    case .dictionary(let value): "_JSDictionary<\(value.codec)>"
    case .sharedBuffer(let element): "SharedBuffer<\(element)>"
    // Tuples are taken apart, and functions are made, by who reads and writes.
    case .tuple, .function: "JSValue"
    }
  }

  /// How wasm passes a scalar, and the expressions that make one of the other. JavaScript has made sure that the value fits.
  var direct: (type: String, toSwift: @Sendable (String) -> String, fromSwift: @Sendable (String) -> String)? {
    guard isScalar, case .named(let name) = self else { return nil }
    return switch name {
    case "Bool": ("Int32", { "\($0) != 0" }, { "\($0) ? 1 : 0" })
    case "Float", "Double", "Int32", "Int64", "UInt64": (name, { $0 }, { $0 })
    case "Int8", "Int16": ("Int32", { "\(name)(truncatingIfNeeded: \($0))" }, { "Int32(\($0))" })
    // An integer of wasm's has no sign until somebody gives it one, and an Int is not always of the same size.
    default: ("Double", { "\(name)(\($0))" }, { "Double(\($0))" })
    }
  }

  private static let runtimeTypes = ["Bool", "String", "JSValue", "JSSharedMemory", "JSError", "Cancellation", "ProgressCounter"]
}
