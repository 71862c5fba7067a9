import Foundation
import WeftToolchain

/// A Swift package that is built for the web: its folder, and where Weft keeps things in it.
public struct UserPackage: Equatable, Sendable {
  /// The folder of `Package.swift`.
  public let folder: URL
  /// Whether it is one that `weft test` has made: Weft's own manifest has what stands in for Testing then.
  var isOfTests = false

  /// Finds the package that `path` lies in: in the folder itself, or in the nearest one above.
  public init(containing path: URL) throws(Problem) {
    let start = path.standardizedFileURL.resolvingSymlinksInPath()
    var folder = start
    while !folder.appendingPathComponent("Package.swift").exists {
      guard folder.path != "/" else {
        throw Problem(
          "there is no Package.swift in \(start.path) or above it; go to your package, name it with --package-path, or make one with `weft new`"
        )
      }
      folder.deleteLastPathComponent()
    }
    self.folder = folder
  }

  /// SwiftPM's own folder for what it builds.
  var buildFolder: URL { folder.appendingPathComponent(".build", isDirectory: true) }

  /// The folders of the packages that it depends on directly, and of all that were fetched.
  func folders(of manifest: PackageManifest) -> [URL] {
    let checkouts = buildFolder.appendingPathComponent("checkouts", isDirectory: true)
    let fetched = try? FileManager.default.contentsOfDirectory(at: checkouts, includingPropertiesForKeys: nil)
    return manifest.localDependencies.map { URL(fileURLWithPath: $0, isDirectory: true) } + (fetched ?? [])
  }

  /// Everything that Weft makes on the way to `pkg`. Deleting it costs one cold build.
  var workFolder: URL { buildFolder.appendingPathComponent("weft", isDirectory: true) }

  /// Where the Swift SDKs are. Those for one runtime are no others' business: two commands, each with its own, may build at the same time.
  func sdkFolder(_ runtime: CompiledRuntime?) -> URL {
    let name = runtime.map { "sdk-\($0.folder.lastPathComponent)" } ?? "sdk"
    return workFolder.appendingPathComponent(name, isDirectory: true)
  }

  /// What SwiftPM is told of it through the environment, with every question and every build.
  var environment: [String: String] {
    var variables = WebEnvironment.variables()
    if isOfTests { variables["WEFT_TEST"] = "1" }
    return variables
  }

  func scratchFolder(_ variant: Variant) -> URL {
    workFolder.appendingPathComponent(variant.name, isDirectory: true)
  }
}
