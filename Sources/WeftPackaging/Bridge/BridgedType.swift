/// A Swift type that crosses to JavaScript.
public indirect enum BridgedType: Sendable, Equatable {
  /// No value; a result only.
  case void
  /// A `boolean`.
  case bool
  /// A `number` or a `bigint`.
  case number(NumberType)
  /// A `string`.
  case string
  /// Any value of JavaScript's, which Swift does not look into.
  case value
  /// Memory of JavaScript's that it has shared with the program.
  case sharedMemory
  /// What the runtime passes when JavaScript gives a call's options; JavaScript passes nothing.
  case control
  /// A value or `undefined`.
  case optional(BridgedType)
  /// An array; of numbers, a typed array. Copied.
  case array(BridgedType)
  /// An object that is used as a dictionary.
  case dictionary(BridgedType)
  /// Elements in the wasm memory, not copied.
  case sharedBuffer(NumberType)
  /// An array, or an object if the elements have labels; a result only.
  case tuple([Element])
  /// A function of JavaScript's; a parameter only.
  case function([BridgedType], result: BridgedType)
  /// A type that the program exports.
  case named(String)

  /// An element of a tuple.
  public struct Element: Sendable, Equatable {
    /// Its label.
    public let label: String?
    /// Its type.
    public let type: BridgedType
  }

  /// The type that the macro spells like this; nil if it does not cross to JavaScript.
  public init?(spelling: String) {
    var parser = SpellingParser(spelling)
    guard let type = parser.type(), parser.isAtEnd else { return nil }
    self = type
  }

  /// The names of the program's own types in it.
  var names: [String] {
    switch self {
    case .named(let name): [name]
    case .optional(let type), .array(let type), .dictionary(let type): type.names
    case .tuple(let elements): elements.flatMap(\.type.names)
    case .function(let parameters, let result): (parameters + [result]).flatMap(\.names)
    case .void, .bool, .number, .string, .value, .sharedMemory, .control, .sharedBuffer: []
    }
  }
}

extension BridgedType {
  /// Whether it is, or holds, something for which `isSuch` is so.
  func holds(_ isSuch: (BridgedType) -> Bool) -> Bool {
    if isSuch(self) { return true }
    return switch self {
    case .optional(let type), .array(let type), .dictionary(let type): type.holds(isSuch)
    case .tuple(let elements): elements.contains { $0.type.holds(isSuch) }
    case .function(let parameters, let result): (parameters + [result]).contains { $0.holds(isSuch) }
    default: false
    }
  }
}

extension BridgedType: Decodable {
  /// Decodes the Swift spelling.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let spelling = try container.decode(String.self)
    guard let type = BridgedType(spelling: spelling) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(spelling)' does not cross to JavaScript")
    }
    self = type
  }
}
