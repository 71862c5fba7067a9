import Foundation

/// A declaration with `@JS`, as the name of its wasm export describes it.
public enum ExportedDeclaration: Sendable, Equatable {
  /// A function at the top level.
  case function(ExportedFunction)
  /// A plain object.
  case structure(name: String, doc: String?, fields: [Field])
  /// A string, or a tagged object if a case has a payload.
  case enumeration(name: String, doc: String?, cases: [Case])
  /// A class of handles.
  case classType(name: String, doc: String?, isSendable: Bool, members: [ExportedFunction])
  /// An object of functions and properties.
  case namespace(name: String, doc: String?, members: [ExportedFunction])

  /// A stored property of a struct.
  public struct Field: Sendable, Equatable, Decodable {
    /// Its name.
    public let name: String
    /// Its type.
    public let type: BridgedType
    /// Its documentation comment.
    public let doc: String?
  }

  /// A case of an enum.
  public struct Case: Sendable, Equatable, Decodable {
    /// A value that goes with it.
    public struct Value: Sendable, Equatable, Decodable {
      /// Its label.
      public let label: String?
      /// Its type.
      public let type: BridgedType
    }

    /// Its name.
    public let name: String
    /// Its documentation comment.
    public let doc: String?
    /// Its raw value, where that is a string.
    public let raw: String?
    /// The values that go with it.
    public let payload: [Value]

    /// The values by the names that they have in JavaScript.
    var fields: [(name: String, type: BridgedType)] {
      payload.enumerated().map { index, value in (value.label ?? (payload.count == 1 ? "value" : "value\(index)"), value.type) }
    }
  }

  static let prefix = "weft:"

  /// Its name, the same in Swift and JavaScript.
  public var name: String {
    switch self {
    case .function(let function): function.name
    case .structure(let name, _, _), .enumeration(let name, _, _), .classType(let name, _, _, _), .namespace(let name, _, _): name
    }
  }

  /// Reads the name of a wasm export; nil if it is none of `@JS`.
  ///
  /// The name is `weft:` and compact JSON, percent-encoded, because the compiler can export no quote and no backslash.
  public init?(exportName: String) throws(PackagingError) {
    guard let declaration: ExportedDeclaration = try Self.decode(exportName) else { return nil }
    self = declaration
  }

  static func decode<T: Decodable>(_ exportName: String) throws(PackagingError) -> T? {
    guard exportName.hasPrefix(prefix) else { return nil }
    do {
      return try JSONDecoder().decode(T.self, from: Data((exportName.dropFirst(prefix.count).removingPercentEncoding ?? "").utf8))
    } catch {
      throw .descriptor(exportName: exportName, reason: "\(error)")
    }
  }

  /// The functions that JavaScript can call, with the numbers of their thunks.
  var functions: [(thunk: Int, function: ExportedFunction)] {
    switch self {
    case .function(let function): [(0, function)]
    // The first thunk of a class lets go of an object.
    case .classType(_, _, _, let members): members.enumerated().map { ($0 + 1, $1) }
    case .namespace(_, _, let members): members.enumerated().map { ($0, $1) }
    case .structure, .enumeration: []
    }
  }

  /// The names of the program's own types in it.
  var names: [String] {
    switch self {
    case .structure(_, _, let fields): fields.flatMap(\.type.names)
    case .enumeration(_, _, let cases): cases.flatMap(\.payload).flatMap(\.type.names)
    case .function, .classType, .namespace: functions.flatMap(\.function.names)
    }
  }
}

extension ExportedDeclaration: Decodable {
  private enum CodingKeys: CodingKey {
    case kind, name, doc, fields, cases, sendable, members
  }

  /// Decodes a descriptor.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .name)
    let doc = try container.decodeIfPresent(String.self, forKey: .doc)
    switch try container.decodeIfPresent(String.self, forKey: .kind) {
    case nil: self = .function(try ExportedFunction(from: decoder))
    case "struct": self = .structure(name: name, doc: doc, fields: try container.decode([Field].self, forKey: .fields))
    case "enum": self = .enumeration(name: name, doc: doc, cases: try container.decode([Case].self, forKey: .cases))
    case "class":
      self = .classType(
        name: name, doc: doc, isSendable: try container.decodeIfPresent(Bool.self, forKey: .sendable) ?? false,
        members: try container.decode([ExportedFunction].self, forKey: .members))
    case "namespace": self = .namespace(name: name, doc: doc, members: try container.decode([ExportedFunction].self, forKey: .members))
    case let kind?:
      throw DecodingError.dataCorruptedError(forKey: .kind, in: container, debugDescription: "'\(kind)' is no kind of declaration")
    }
  }
}
