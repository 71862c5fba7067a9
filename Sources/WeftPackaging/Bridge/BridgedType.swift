/// A Swift type that crosses to JavaScript.
public enum BridgedType: Sendable, Equatable {
  /// No value; a result only.
  case void
  /// A `boolean`.
  case bool
  /// A `number` or a `bigint`.
  case number(NumberType)
  /// A `string`.
  case string
  /// A typed array, copied.
  case array(NumberType)
  /// Elements in the wasm memory, not copied.
  case sharedBuffer(NumberType)

  /// The type that Swift spells like this; nil if it does not cross to JavaScript.
  public init?(spelling: String) {
    switch spelling {
    case "Void": self = .void
    case "Bool": self = .bool
    case "String": self = .string
    default:
      if let number = NumberType(rawValue: spelling) {
        self = .number(number)
      } else if let number = Self.element(of: spelling, between: "[", and: "]") {
        self = .array(number)
      } else if let number = Self.element(of: spelling, between: "SharedBuffer<", and: ">") {
        self = .sharedBuffer(number)
      } else {
        return nil
      }
    }
  }

  /// How Swift spells it.
  public var spelling: String {
    switch self {
    case .void: "Void"
    case .bool: "Bool"
    case .string: "String"
    case .number(let number): number.rawValue
    case .array(let number): "[\(number.rawValue)]"
    case .sharedBuffer(let number): "SharedBuffer<\(number.rawValue)>"
    }
  }

  private static func element(of spelling: String, between prefix: String, and suffix: String) -> NumberType? {
    guard spelling.hasPrefix(prefix), spelling.hasSuffix(suffix) else { return nil }
    return NumberType(rawValue: String(spelling.dropFirst(prefix.count).dropLast(suffix.count)))
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
