import Foundation

/// The package that `weft new` makes.
public struct PackageTemplate {
  private let name: String
  private let dependency: String

  /// Makes a template for a package of this name.
  public init(name: String) throws(Problem) {
    self.init(name: name, checkout: try Self.checked(name).isEmpty ? nil : WeftCheckout.folder)
  }

  /// Makes a template whose package depends on the copy of Weft at `checkout`, or on its published version.
  init(name: String, checkout: URL?) {
    self.name = name
    // A command that was built from a clone must give a package that builds with that very clone: it may hold what is not
    // published. SwiftPM's own copies are no place to depend on, since it deletes them as it likes.
    let isKept = checkout.map { !$0.pathComponents.contains(".build") && !$0.pathComponents.contains("checkouts") } ?? false
    dependency =
      if let checkout, isKept {
        ".package(name: \"weft\", path: \(Self.literal(checkout.path)))"
      } else {
        ".package(url: \"https://github.com/weft-swift/weft.git\", branch: \"main\")"
      }
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
