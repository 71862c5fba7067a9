import Foundation
import WeftToolchain

/// The package that `weft test` builds for the web: the user's own files, and a manifest that makes one program of the test targets.
struct TestPackage {
  /// The program of all tests.
  static let product = "WeftTests"

  /// The user's package.
  let original: UserPackage
  /// The test targets to build; none means all.
  let targets: [String]

  private var folder: URL { original.workFolder.appendingPathComponent("test", isDirectory: true) }

  /// Where the page of the tests lies, with all that it loads.
  var site: URL { folder.appendingPathComponent("\(Self.programFolder)/site", isDirectory: true) }

  private static let programFolder = "WeftTestsProgram"

  /// Writes the package. Files that are right already are not touched.
  func write() throws -> UserPackage {
    let files = FileManager.default
    let program = folder.appendingPathComponent("\(Self.programFolder)/source", isDirectory: true)
    try files.createDirectory(at: program, withIntermediateDirectories: true)
    try files.createDirectory(at: site, withIntermediateDirectories: true)
    try linkFiles()
    try linkFetched()
    let manifest = try String(contentsOf: original.folder.appendingPathComponent("Package.swift"), encoding: .utf8)
    try write(manifest + addition, to: folder.appendingPathComponent("Package.swift"))
    try write("import Testing\n", to: program.appendingPathComponent("Program.swift"))
    var package = try UserPackage(containing: folder)
    package.isOfTests = true
    return package
  }

  /// The compiler's messages with the user's own paths.
  func original(_ diagnostics: String) -> String {
    diagnostics.replacingOccurrences(of: folder.resolvingSymlinksInPath().path + "/", with: original.folder.path + "/")
  }

  private func write(_ text: String, to file: URL) throws {
    let data = Data(text.utf8)
    if FileManager.default.contents(atPath: file.path) != data { try data.write(to: file, options: .atomic) }
  }

  /// Links what lies in the user's folder. What is gone there is gone here.
  private func linkFiles() throws {
    let files = FileManager.default
    let own = [Self.programFolder, "Package.swift", ".build", "Package.resolved"]
    let wanted = Set(
      try files.contentsOfDirectory(atPath: original.folder.path).filter {
        !$0.hasPrefix(".") && !$0.hasPrefix("Package@") && !own.contains($0)
      })
    for name in try files.contentsOfDirectory(atPath: folder.path) where !own.contains(name) && !wanted.contains(name) {
      try files.removeItem(at: folder.appendingPathComponent(name))
    }
    for name in wanted { try link(folder.appendingPathComponent(name), to: original.folder.appendingPathComponent(name)) }
    let resolved = original.folder.appendingPathComponent("Package.resolved")
    if let data = files.contents(atPath: resolved.path) {
      try data.write(to: folder.appendingPathComponent("Package.resolved"), options: .atomic)
    }
  }

  /// Links the packages that have been fetched for the user's own.
  private func linkFetched() throws {
    let build = folder.appendingPathComponent(".build", isDirectory: true)
    try FileManager.default.createDirectory(at: build, withIntermediateDirectories: true)
    for name in ["checkouts", "repositories", "workspace-state.json"] {
      let fetched = original.buildFolder.appendingPathComponent(name)
      if fetched.exists { try link(build.appendingPathComponent(name), to: fetched) }
    }
  }

  private func link(_ link: URL, to file: URL) throws {
    let files = FileManager.default
    if (try? files.destinationOfSymbolicLink(atPath: link.path)) == file.path { return }
    if (try? files.attributesOfItem(atPath: link.path)) != nil { try files.removeItem(at: link) }
    try files.createSymbolicLink(atPath: link.path, withDestinationPath: file.path)
  }

  /// What comes behind the user's manifest. The compiler runs it with PackageDescription alone, so that all is said in its words.
  private var addition: String {
    """


    // What `weft test` adds: the test targets and what they test become parts of one program.
    import Foundation
    do {
      let weftFolder = \(Self.literal(original.folder.path))
      let weftWanted: [String] = [\(targets.map(Self.literal).joined(separator: ", "))]
      for (index, dependency) in package.dependencies.enumerated() {
        if case .fileSystem(let name, let path) = dependency.kind, !path.hasPrefix("/"), !path.hasPrefix("~") {
          let path = weftFolder + "/" + path
          package.dependencies[index] = name.map { .package(name: $0, path: path) } ?? .package(path: path)
        }
      }
      var weftPackage: String?
      for target in package.targets {
        for case .productItem("\(PackageManifest.library)", let package, _, _) in target.dependencies { weftPackage = package }
      }
      let weftTesting: Target.Dependency =
        weftPackage.map { .product(name: "WeftTesting", package: $0) } ?? .byNameItem(name: "Testing", condition: nil)
      func weftPath(_ target: Target, in roots: [String]) -> String? {
        target.path ?? roots.map { $0 + "/" + target.name }.first { FileManager.default.fileExists(atPath: weftFolder + "/" + $0) }
      }
      let weftNames = package.targets.filter { $0.type == .test && (weftWanted.isEmpty || weftWanted.contains($0.name)) }.map(\\.name)
      var weftTargets: [Target] = []
      for target in package.targets {
        if target.type == .test && !weftNames.contains(target.name) { continue }
        guard target.type == .test || target.type == .executable else {
          weftTargets.append(target)
          continue
        }
        let isTest = target.type == .test
        let roots = ["Sources", "Source", "src", "srcs"]
        let path = weftPath(target, in: isTest ? ["Tests"] + roots : roots)
        // What starts a program of its own is no part of this one.
        let main = path.map { $0 + "/main.swift" }
        let hasMain = main.map { FileManager.default.fileExists(atPath: weftFolder + "/" + $0) } ?? false
        weftTargets.append(
          .target(
            name: target.name, dependencies: target.dependencies + (isTest ? [weftTesting] : []), path: path,
            exclude: target.exclude + (hasMain ? ["main.swift"] : []), sources: target.sources, resources: target.resources,
            packageAccess: target.packageAccess, cSettings: target.cSettings, cxxSettings: target.cxxSettings,
            swiftSettings: target.swiftSettings, linkerSettings: target.linkerSettings, plugins: target.plugins))
      }
      weftTargets.append(
        .executableTarget(
          name: "\(Self.product)", dependencies: weftNames.map { .target(name: $0) } + [weftTesting], path: "\(Self.programFolder)/source"))
      package.targets = weftTargets
      package.products = [.executable(name: "\(Self.product)", targets: ["\(Self.product)"])]
    }

    """
  }

  private static func literal(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }
}
