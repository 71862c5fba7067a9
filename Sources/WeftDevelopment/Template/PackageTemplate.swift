import Foundation
import WeftToolchain

/// The package that `weft new` makes.
public struct PackageTemplate {
  private let name: String
  private let dependency: String

  /// Makes a template for a package of this name.
  ///
  /// - Parameter weft: Where the package finds Weft: the folder of a clone, or a repository's URL. Without it, the clone from
  ///   which the running command was built.
  public init(name: String, weft: String? = nil) throws(Problem) {
    self.init(name: try Self.checked(name), dependency: try Self.dependency(on: weft, else: WeftCheckout.folder))
  }

  init(name: String, dependency: String) {
    self.name = name
    self.dependency = dependency
  }

  static func dependency(on weft: String?, else checkout: URL?) throws(Problem) -> String {
    if let weft, weft.contains("://") || weft.hasPrefix("git@") { return ".package(url: \(literal(weft)), branch: \"main\")" }
    // SwiftPM's own copies are no place to depend on, since it deletes them as it likes.
    let isKept = checkout.map { !$0.pathComponents.contains(".build") } ?? false
    guard let path = weft.map({ URL(fileURLWithPath: $0).standardizedFileURL.path }) ?? (isKept ? checkout?.path : nil) else {
      throw Problem("cannot tell where the new package will find Weft; say it with --weft and the folder of a clone, or a repository's URL")
    }
    return ".package(name: \"weft\", path: \(literal(path)))"
  }

  private static let reserved: Set = ["weft", "Weft", "WeftLibrary", "Swift", "Package", "Sources", "Tests", "pkg", "main"]

  private static func checked(_ name: String) throws(Problem) -> String {
    guard name.wholeMatch(of: #/[A-Za-z][A-Za-z0-9_]*/#) != nil else {
      throw Problem("a package's name is also the name of a Swift module: letters, digits and _, a letter first; not \"\(name)\"")
    }
    guard !reserved.contains(name) else { throw Problem("the name \(name) is taken by Swift or Weft itself; choose another") }
    return name
  }

  /// Writes the package into a new folder, or an empty one, below `parent`; gives that folder.
  @discardableResult
  public func write(in parent: URL) throws -> URL {
    let files = FileManager.default
    let folder = parent.appendingPathComponent(name, isDirectory: true)
    if folder.exists, (try? files.contentsOfDirectory(atPath: folder.path)) != [] {
      throw Problem("\(folder.path) exists and is not an empty folder; choose another name, or another place")
    }
    for (path, bytes) in contents {
      let file = folder.appendingPathComponent(path)
      try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(fill(bytes).utf8).write(to: file)
    }
    return folder
  }

  private var contents: [(path: String, bytes: [UInt8])] {
    [
      ("Package.swift", PackageResources.Package_txt),
      ("Sources/\(name)/\(name).swift", PackageResources.Program_txt),
      ("index.html", PackageResources.index_html),
      (".gitignore", PackageResources.gitignore_txt),
      ("README.md", PackageResources.README_txt),
    ]
  }

  /// Fills in what differs from package to package.
  private func fill(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
      .replacingOccurrences(of: "{{name}}", with: name)
      .replacingOccurrences(of: "{{dependency}}", with: dependency)
  }

  private static func literal(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }
}
