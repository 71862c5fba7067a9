import Foundation
import WeftToolchain

/// What matters of a package's manifest: which executables it has, and which of them use Weft.
struct PackageManifest: Codable, Equatable {
  /// The product that a target uses when it uses Weft.
  static let library = "WeftLibrary"
  /// What a program of tests uses: the product, or in Weft's own package the target.
  private static let testing = ["WeftTesting", "Testing"]

  /// The executable products whose targets use Weft, directly or through targets of the package, sorted.
  let webProducts: [String]
  /// The other executable products, sorted.
  let otherProducts: [String]
  /// The test targets, sorted.
  let testTargets: [String]
  /// The folders of the packages which this one depends on by path.
  let localDependencies: [String]
  /// Whether anything must be fetched.
  let hasRemoteDependencies: Bool

  /// The product to build: the one asked for, or the only one there is.
  func product(named wanted: String?) throws(Problem) -> String {
    let listed = webProducts.joined(separator: ", ")
    if let wanted {
      if webProducts.contains(wanted) { return wanted }
      if otherProducts.contains(wanted) {
        throw Problem("the product \(wanted) does not use Weft; add .product(name: \"\(Self.library)\", package: \"weft\") to its target")
      }
      throw Problem(
        "there is no executable product \(wanted) in this package; it has \(webProducts.isEmpty ? "none that uses Weft" : listed)")
    }
    switch webProducts.count {
    case 1: return webProducts[0]
    case 0:
      throw Problem(
        "no executable target of this package uses Weft; add .product(name: \"\(Self.library)\", package: \"weft\") to the dependencies of one"
      )
    default: throw Problem("several executable products use Weft: \(listed); choose one with --product")
    }
  }
}

extension PackageManifest {
  /// Reads what `swift package dump-package` prints.
  init(dump: Data) throws {
    let dump = try JSONDecoder().decode(Dump.self, from: dump)
    let targets = Dictionary(dump.targets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    func usesWeft(_ name: String, seen: inout Set<String>) -> Bool {
      guard seen.insert(name).inserted, let target = targets[name] else { return false }
      return target.dependencies.contains { dependency in
        dependency.name == Self.library || Self.testing.contains(dependency.name) || usesWeft(dependency.name, seen: &seen)
      }
    }

    var products = dump.products.filter(\.isExecutable).map { (name: $0.name, targets: $0.targets) }
    // SwiftPM makes a product of every executable target that the manifest gives none.
    let declared = Set(products.flatMap(\.targets))
    products += dump.targets.filter { $0.type == "executable" && !declared.contains($0.name) }.map { ($0.name, [$0.name]) }

    var seen = Set<String>()
    let usesWeft = Dictionary(grouping: products) { product in
      product.targets.contains { target in
        seen = []
        return usesWeft(target, seen: &seen)
      }
    }
    webProducts = (usesWeft[true] ?? []).map(\.name).sorted()
    otherProducts = (usesWeft[false] ?? []).map(\.name).sorted()
    testTargets = dump.targets.filter { $0.type == "test" }.map(\.name).sorted()
    localDependencies = dump.dependencies.flatMap { $0.fileSystem ?? [] }.map(\.path)
    hasRemoteDependencies = dump.dependencies.contains { $0.fileSystem == nil }
  }
}

/// The part of SwiftPM's own description that is read here.
private struct Dump: Decodable {
  struct Product: Decodable {
    let name: String
    let targets: [String]
    let isExecutable: Bool

    private enum Key: CodingKey { case name, targets, type }
    private enum Kind: CodingKey { case executable }

    init(from decoder: any Decoder) throws {
      let product = try decoder.container(keyedBy: Key.self)
      name = try product.decode(String.self, forKey: .name)
      targets = try product.decode([String].self, forKey: .targets)
      isExecutable = try product.nestedContainer(keyedBy: Kind.self, forKey: .type).contains(.executable)
    }
  }

  struct Target: Decodable {
    let name: String
    let type: String
    let dependencies: [Dependency]
  }

  /// `{"byName":["Name",null]}`, `{"target":["Name",null]}` or `{"product":["Name","package",null,null]}`.
  struct Dependency: Decodable {
    let name: String

    init(from decoder: any Decoder) throws {
      let dependency = try decoder.singleValueContainer().decode([String: [Ignored]].self)
      name = dependency.values.first?.first?.text ?? ""
    }
  }

  /// An element of which only the text matters, if it is one.
  struct Ignored: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }

  struct PackageDependency: Decodable {
    struct Local: Decodable {
      let path: String
    }
    let fileSystem: [Local]?
  }

  let products: [Product]
  let targets: [Target]
  let dependencies: [PackageDependency]
}
