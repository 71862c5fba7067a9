import Foundation

/// Makes the folder that a web page imports from the two wasm modules of a program.
///
///     try PackageBuilder(product: "App", configuration: .release).write(threaded: …, single: …, to: pkg)
///
/// The output folder is replaced as a whole once everything in it has been written; whatever fails before leaves it as it was.
public struct PackageBuilder: Sendable {
  /// How the program was built.
  public enum Configuration: String, Sendable, CaseIterable {
    /// Keeps the names of Swift's functions, and the comments of the runtime.
    case debug
    /// Keeps nothing that the program does not need; the names of functions are in a file that is loaded when they are asked for.
    case release
  }

  private let product: String
  private let configuration: Configuration
  private let hasDebugInformation: Bool
  private let readableNames: [String: String]
  private let runtimeFolder: URL

  /// A builder for the executable product `product`.
  ///
  /// - Parameter hasDebugInformation: whether the debug information of the modules is written, into files of its own that debuggers find.
  /// - Parameter readableNames: what people call a function, by the name that the compiler has given it. Others keep theirs.
  public init(
    product: String, configuration: Configuration, hasDebugInformation: Bool = false, readableNames: [String: String] = [:]
  ) {
    self.init(
      product: product, configuration: configuration, hasDebugInformation: hasDebugInformation, readableNames: readableNames,
      runtimeFolder: RuntimeScripts.installedFolder)
  }

  init(
    product: String, configuration: Configuration, hasDebugInformation: Bool = false, readableNames: [String: String] = [:],
    runtimeFolder: URL
  ) {
    self.product = product
    self.configuration = configuration
    self.hasDebugInformation = hasDebugInformation
    self.readableNames = readableNames
    self.runtimeFolder = runtimeFolder
  }

  /// The names that the compiler has given to the functions of the modules in `files`, each once, sorted.
  public static func functionNames(in files: [URL]) throws(PackagingError) -> [String] {
    var names: Set<String> = []
    for file in files { names.formUnion(try module(in: file).names?.functions.values.map(\.self) ?? []) }
    return names.sorted()
  }

  /// Writes the package of the modules in the files `threaded` and `single` into the folder `output`, replacing what weft wrote there
  /// before.
  ///
  /// - Parameter imports: The app's own JavaScript module, which is needed if the program imports from it.
  /// - Parameter isOneModule: Whether both are the same module, because it is known which of them will be run.
  public func write(threaded: URL, single: URL, imports: URL? = nil, isOneModule: Bool = false, to output: URL) throws {
    let files = try files(
      threaded: Self.module(in: threaded), single: Self.module(in: single), imports: imports, isOneModule: isOneModule)
    try FolderReplacement(of: output, isReplaceable: IndexScript.wasWritten(in:)).replace(with: files)
  }

  /// The package's files by name.
  func files(
    threaded: WasmModule, single: WasmModule, imports: URL? = nil, isOneModule: Bool = false
  ) throws -> [String: Data] {
    let app = try AppModules(threaded: threaded, single: single, isOneModule: isOneModule)
    let name = PackageManifest.name(of: product)
    let wasm = (threaded: "\(name).wasm", single: "\(name).single.wasm")
    var files = try RuntimeScripts.files(in: runtimeFolder, hasWideAddresses: app.hasWideAddresses, withComments: configuration == .debug)
    files[IndexScript.fileName] = Data(IndexScript.text(for: app, wasm: wasm).utf8)
    files[WorkletScript.fileName] = Data(WorkletScript.text(for: app).utf8)
    files[WorkletScript.declarationsFileName] = Data(WorkletScript.declarations.utf8)
    files["index.d.ts"] = Data(Declarations.text(for: app).utf8)
    files[DirectScript.fileName] = Data(DirectScript.text(for: app).utf8)
    files[PortsScript.fileName] = Data(PortsScript.text(for: app).utf8)
    files[PortsScript.declarationsFileName] = Data(PortsScript.declarations.utf8)
    files[CallsScript.fileName] = Data(CallsScript.text(for: app).utf8)
    if let function = app.imports.first(where: { $0.source == .module })?.name {
      guard let imports, let contents = FileManager.default.contents(atPath: imports.path) else {
        throw PackagingError.moduleMissing(imports ?? URL(fileURLWithPath: "imports.js"), function: function)
      }
      files["imports.js"] = contents
    }
    var modules = (threaded: named(app.threaded), single: named(app.single))
    files[SymbolScript.fileName] = Data(SymbolScript.text(threaded: modules.threaded, single: modules.single).utf8)
    if hasDebugInformation {
      for (file, module) in [(wasm.threaded, modules.threaded), (wasm.single, modules.single)] {
        files[DebugModule.name(for: file)] = Data(module.bytes)
      }
      DebugModule.refer(from: &modules.threaded, called: wasm.threaded)
      DebugModule.refer(from: &modules.single, called: wasm.single)
    }
    modules = (stripped(modules.threaded), stripped(modules.single))
    if configuration == .release { shortenNames(of: &modules, in: &files) }
    files[wasm.threaded] = Data(modules.threaded.bytes)
    files[wasm.single] = Data(modules.single.bytes)
    let global = ClassicScript.global(of: product)
    files[ClassicScript.fileName] = Data(ClassicScript.text(global: global).utf8)
    files[ClassicScript.declarationsFileName] = Data(ClassicScript.declarations(global: global).utf8)
    files["package.json"] = Data(PackageManifest.text(name: name, wasm: [wasm.threaded, wasm.single], files: files.keys.sorted()).utf8)
    return files
  }

  /// Gives short names to what scripts call in the modules.
  private func shortenNames(of modules: inout (threaded: WasmModule, single: WasmModule), in files: inout [String: Data]) {
    let scripts = files.filter { $0.key.hasSuffix(".js") && $0.key != SymbolScript.fileName && $0.key != "imports.js" }
      .mapValues { String(decoding: $0, as: UTF8.self) }
    let exports = RuntimeExports(of: scripts.values)
    files.merge(scripts.mapValues { Data(exports.shortened($0).utf8) }) { $1 }
    modules = (exports.shortened(modules.threaded), exports.shortened(modules.single))
  }

  /// The module with names that people read.
  private func named(_ module: WasmModule) -> WasmModule {
    guard var names = module.names else { return module }
    names.renameFunctions { readableNames[$0] ?? $0 }
    names.removeModuleName()
    var module = module
    module.setCustomSection(WasmNames.section, to: names.contents)
    return module
  }

  private func stripped(_ module: WasmModule) -> WasmModule {
    var module = module
    module.removeCustomSections { section in
      switch section {
      case WasmNames.section: configuration == .release && !hasDebugInformation
      // The last is the compiler's own idea of the program, for its own debugger: megabytes.
      case "producers", "target_features", ".swift_ast": true
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
