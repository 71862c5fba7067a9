import Foundation

/// Makes the folder that a web page imports from the two wasm modules of a program.
///
///     try PackageBuilder(product: "App", configuration: .release).write(threaded: …, single: …, to: pkg)
///
/// The output folder is replaced as a whole once everything in it has been written; whatever fails before leaves it as it was.
public struct PackageBuilder: Sendable {
  /// How the program was built.
  public enum Configuration: String, Sendable, CaseIterable {
    /// Keeps the names of Swift's functions, for readable stacks, and the comments of the runtime.
    case debug
    /// Keeps nothing that the program does not need.
    case release
  }

  private let product: String
  private let configuration: Configuration
  private let runtimeFolder: URL

  /// A builder for the executable product `product`.
  public init(product: String, configuration: Configuration) {
    self.init(product: product, configuration: configuration, runtimeFolder: RuntimeScripts.installedFolder)
  }

  init(product: String, configuration: Configuration, runtimeFolder: URL) {
    self.product = product
    self.configuration = configuration
    self.runtimeFolder = runtimeFolder
  }

  /// Writes the package of the modules in the files `threaded` and `single` into the folder `output`, replacing what weft wrote there
  /// before.
  public func write(threaded: URL, single: URL, to output: URL) throws {
    let files = try files(threaded: Self.module(in: threaded), single: Self.module(in: single))
    try FolderReplacement(of: output, isReplaceable: IndexScript.wasWritten(in:)).replace(with: files)
  }

  /// The package's files by name.
  func files(threaded: WasmModule, single: WasmModule) throws -> [String: Data] {
    let app = try AppModules(threaded: threaded, single: single)
    let name = PackageManifest.name(of: product)
    let wasm = (threaded: "\(name).wasm", single: "\(name).single.wasm")
    var files = try RuntimeScripts.files(in: runtimeFolder, withComments: configuration == .debug)
    files[IndexScript.fileName] = Data(IndexScript.text(for: app, wasm: wasm).utf8)
    files["index.d.ts"] = Data(Declarations.text(for: app.functions).utf8)
    let global = ClassicScript.global(of: product)
    files[ClassicScript.fileName] = Data(ClassicScript.text(global: global).utf8)
    files[ClassicScript.declarationsFileName] = Data(ClassicScript.declarations(global: global).utf8)
    files[wasm.threaded] = Data(stripped(app.threaded).bytes)
    files[wasm.single] = Data(stripped(app.single).bytes)
    files["package.json"] = Data(PackageManifest.text(name: name, wasm: [wasm.threaded, wasm.single], files: files.keys.sorted()).utf8)
    return files
  }

  private func stripped(_ module: WasmModule) -> WasmModule {
    var module = module
    module.removeCustomSections { section in
      switch section {
      case "name": configuration == .release
      case "producers", "target_features": true
      default: section.hasPrefix(".debug_")
      }
    }
    return module
  }

  private static func module(in file: URL) throws(PackagingError) -> WasmModule {
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: file))
    } catch {
      throw .unreadable(file, reason: error.localizedDescription)
    }
    do throws(WasmError) {
      return try WasmModule(bytes)
    } catch {
      throw .wasm(file, error)
    }
  }
}
