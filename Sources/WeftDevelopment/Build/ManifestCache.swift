import Foundation
import WeftToolchain

/// Asks SwiftPM about a package only when its manifest has changed, because the answer takes about a second.
struct ManifestCache {
  let package: UserPackage
  let toolchain: Toolchain

  private struct Entry: Codable {
    let key: [String: String]
    let manifest: PackageManifest
  }

  private var file: URL { package.workFolder.appendingPathComponent("manifest.json") }

  /// The manifest of the package, from the cache if it holds.
  func manifest() async throws -> PackageManifest {
    let key = try key()
    if let data = FileManager.default.contents(atPath: file.path),
      let entry = try? JSONDecoder().decode(Entry.self, from: data), entry.key == key
    {
      return entry.manifest
    }
    var dump = ChildProcess(
      executable: toolchain.swift, arguments: ["package", "--package-path", package.folder.path, "dump-package"])
    dump.environment = package.environment
    let outcome = try await dump.run()
    // A warning may come before the JSON.
    guard outcome.status == 0, let start = outcome.output.firstIndex(of: UInt8(ascii: "{")) else {
      throw Problem("Package.swift could not be read; Swift said:\n\(outcome.text)")
    }
    let manifest = try PackageManifest(dump: outcome.output[start...])
    try FileManager.default.createDirectory(at: package.workFolder, withIntermediateDirectories: true)
    try JSONEncoder().encode(Entry(key: key, manifest: manifest)).write(to: file, options: .atomic)
    return manifest
  }

  /// Where the package is, the text of every manifest (there may be one for each version of the tools), and the compiler's version.
  private func key() throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: package.folder.path)
    // The manifest names folders, some of them from its own folder on.
    var key = ["swift": toolchain.version.description, "folder": package.folder.path]
    for name in names where name.hasPrefix("Package") && name.hasSuffix(".swift") {
      key[name] = try String(contentsOf: package.folder.appendingPathComponent(name), encoding: .utf8)
    }
    return key
  }
}
