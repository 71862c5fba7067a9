import Foundation

/// Weft's own modules, compiled for the web when the `weft` command was built: most of what a package's first build would compile.
///
/// A folder of it has `origin.json`, and for each module of a program a folder with the Swift modules to compile against and the
/// objects to link.
package struct CompiledRuntime: Sendable {
  /// What the modules were compiled from, and by what.
  package struct Origin: Codable, Equatable, Sendable {
    /// The folder of Weft's manifest.
    let checkout: URL
    /// What the compiler says of itself.
    let compiler: String
    /// The compiler's options for each variant.
    let options: [String: [String]]
    /// The date and the size of each source by its path, and of the manifest.
    let sources: [String: String]

    /// What they would be compiled from now.
    package init(checkout: URL, toolchain: Toolchain) throws {
      self.checkout = checkout.standardizedFileURL.resolvingSymlinksInPath()
      compiler = toolchain.compilerVersion
      // Not where the macros' plug-in is: the commands of a debug and of a release build share a runtime.
      options = CompiledRuntime.variants.reduce(into: [:]) { $0[$1.name] = $1.swiftFlags(plugin: "") + $1.cFlags }
      var sources: [String: String] = [:]
      let folder = self.checkout.appendingPathComponent("Sources").path
      let files = try CompiledRuntime.sources.flatMap { module in
        try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(module)").map { "\(folder)/\(module)/\($0)" }
      }
      let manifest = self.checkout.appendingPathComponent("Package.swift").path
      for file in files + [manifest] where CompiledRuntime.sourceExtensions.contains((file as NSString).pathExtension) {
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        let date = attributes[.modificationDate] as? Date
        sources[file] = "\(date?.timeIntervalSince1970 ?? 0) \(attributes[.size] ?? 0)"
      }
      self.sources = sources
    }
  }

  /// The modules of the runtime in Swift. What they have in C is compiled with each program.
  package static let swiftModules = ["Weft", "WeftWorkers", "WeftParallel", "WeftJS", "WeftScheduler", "WeftThreads", "WeftPlatform"]
  /// What they are made of, with the macros that are expanded in them.
  private static let sources = swiftModules + ["CWeftPlatform", "WeftMacros"]
  /// The plug-in CompileRuntime has the same list, and sees to it that the runtime is compiled again when one of these changes.
  private static let sourceExtensions: Set = ["swift", "c", "h", "modulemap"]
  /// The variants of a program that it is compiled for: those that are built unless others are asked for.
  package static let variants = Variant.Threading.allCases.map { Variant(threading: $0) }

  /// Where it is.
  package let folder: URL
  private let origin: Origin

  /// The folder of Weft's manifest.
  package var checkout: URL { origin.checkout }

  /// The one in `folder`; nil if it is not there, or if the sources or the toolchain are others now.
  package init?(in folder: URL, toolchain: Toolchain) {
    guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent("origin.json").path),
      let origin = try? JSONDecoder().decode(Origin.self, from: data),
      let present = try? Origin(checkout: origin.checkout, toolchain: toolchain), present == origin
    else { return nil }
    self.folder = folder
    self.origin = origin
  }

  /// Completes a folder in which the modules and objects are.
  package static func complete(_ folder: URL, from origin: Origin) throws {
    try JSONEncoder().encode(origin).write(to: folder.appendingPathComponent("origin.json"), options: .atomic)
  }

  /// Where the Swift modules are that a program is compiled against.
  package static func modules(_ threading: Variant.Threading, in folder: URL) -> URL {
    folder.appendingPathComponent("\(threading.rawValue)/modules", isDirectory: true)
  }

  /// Where the objects are that are linked into a program.
  package static func objects(_ threading: Variant.Threading, in folder: URL) -> URL {
    folder.appendingPathComponent("\(threading.rawValue)/objects", isDirectory: true)
  }

  func swiftFlags(_ threading: Variant.Threading) -> [String] { ["-I", Self.modules(threading, in: folder).path] }

  func linkerFlags(_ threading: Variant.Threading) throws -> [String] {
    let objects = Self.objects(threading, in: folder)
    return try FileManager.default.contentsOfDirectory(atPath: objects.path).sorted().map { objects.appendingPathComponent($0).path }
  }
}
