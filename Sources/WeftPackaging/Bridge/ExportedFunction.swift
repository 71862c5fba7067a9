/// A Swift function that JavaScript calls, or one of JavaScript's that Swift calls, as the macro describes it.
public struct ExportedFunction: Sendable, Equatable, Decodable {
  /// What it is in its type, or nothing at the top level.
  public enum Kind: String, Sendable, Decodable {
    case function
    case initializer = "init"
    case method
    case `static`
    case get
    case set
    case staticGet
    case staticSet
  }

  /// A parameter of an exported function.
  public struct Parameter: Sendable, Equatable, Decodable {
    /// Its name in messages and declarations; arguments are positional.
    public let name: String
    /// Its type.
    public let type: BridgedType
    /// Whether the function changes the array that it is given.
    public let isInout: Bool
    /// The expression that stands for an argument that is left out.
    public let defaultValue: String?

    /// Decodes one element of a descriptor's `parameters`.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      type = try container.decode(BridgedType.self, forKey: .type)
      isInout = try container.decodeIfPresent(Bool.self, forKey: .isInout) ?? false
      defaultValue = try container.decodeIfPresent(String.self, forKey: .defaultValue)
    }

    private enum CodingKeys: String, CodingKey {
      case name
      case type
      case isInout = "inout"
      case defaultValue = "default"
    }
  }

  /// What it is.
  public let kind: Kind
  /// Its name, the same in Swift and JavaScript.
  public let name: String
  /// Its documentation comment, without markers.
  public let doc: String?
  /// Its parameters.
  public let parameters: [Parameter]
  /// What it returns.
  public let result: BridgedType
  /// The name of the type that it throws.
  public let error: String?

  /// Decodes what the macro tells of a function.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decodeIfPresent(Kind.self, forKey: .kind) ?? .function
    name = try container.decode(String.self, forKey: .name)
    doc = try container.decodeIfPresent(String.self, forKey: .doc)
    parameters = try container.decode([Parameter].self, forKey: .parameters)
    result = try container.decode(BridgedType.self, forKey: .result)
    error = try container.decodeIfPresent(String.self, forKey: .error)
  }

  private enum CodingKeys: String, CodingKey {
    case kind, name, doc, parameters, result
    case error = "throws"
  }

  /// The names of the program's own types in it.
  var names: [String] { parameters.flatMap(\.type.names) + result.names + (error.map { [$0] } ?? []) }
}
