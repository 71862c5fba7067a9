/// A function or a variable of JavaScript's that the program uses, as the name of its wasm import describes it.
struct ImportedDeclaration: Sendable, Equatable, Decodable {
  enum Source: String, Sendable, Decodable {
    case global
    case module
  }

  /// What Swift calls it.
  let name: String
  let source: Source
  /// Whether it runs on the page whichever thread calls it.
  let isOnPage: Bool
  /// What JavaScript calls it.
  let path: String
  /// A function, or a variable's getter and setter.
  let members: [ExportedFunction]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    source = try container.decode(Source.self, forKey: .source)
    isOnPage = try container.decodeIfPresent(Bool.self, forKey: .isOnPage) ?? false
    path = try container.decodeIfPresent(String.self, forKey: .path) ?? name
    members = try container.decode([ExportedFunction].self, forKey: .members)
  }

  private enum CodingKeys: String, CodingKey {
    case name, source, path, members
    case isOnPage = "page"
  }

  /// The module that such imports stand in.
  static let module = "weft:js"
}
