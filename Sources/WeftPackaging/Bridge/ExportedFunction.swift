import Foundation

/// A Swift function exported with `@JS`, as the name of its wasm export describes it.
public struct ExportedFunction: Sendable, Equatable, Decodable {
  /// A parameter of an exported function.
  public struct Parameter: Sendable, Equatable, Decodable {
    /// Its name in messages and declarations; arguments are positional.
    public let name: String
    /// Its type.
    public let type: BridgedType
    /// Whether the function changes the array that it is given.
    public let isInout: Bool

    /// Decodes one element of a descriptor's `parameters`.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      type = try container.decode(BridgedType.self, forKey: .type)
      isInout = try container.decodeIfPresent(Bool.self, forKey: .isInout) ?? false
    }

    private enum CodingKeys: String, CodingKey {
      case name
      case type
      case isInout = "inout"
    }
  }

  /// Its name, the same in Swift and JavaScript.
  public let name: String
  /// Its documentation comment, without markers.
  public let doc: String?
  /// Its parameters.
  public let parameters: [Parameter]
  /// What it returns.
  public let result: BridgedType

  static let exportPrefix = "weft:"

  /// Reads the name of a wasm export; nil if it is none of `@JS`.
  ///
  /// The name is `weft:` and compact JSON, percent-encoded, because the compiler can export no quote and no backslash.
  public init?(exportName: String) throws(PackagingError) {
    guard exportName.hasPrefix(Self.exportPrefix) else { return nil }
    let encoded = exportName.dropFirst(Self.exportPrefix.count)
    do {
      self = try JSONDecoder().decode(ExportedFunction.self, from: Data((encoded.removingPercentEncoding ?? "").utf8))
    } catch {
      throw .descriptor(exportName: exportName, reason: "\(error)")
    }
  }

  /// Whether JavaScript can call both alike.
  func hasSameSignature(as other: ExportedFunction) -> Bool {
    parameters == other.parameters && result == other.result
  }
}
