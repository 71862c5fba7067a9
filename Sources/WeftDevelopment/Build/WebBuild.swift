import Foundation
import WeftToolchain

/// Builds one product of a package for the web: two modules, compiled at the same time, and the folder made of them.
public struct WebBuild: Sendable {
  /// What to build.
  public struct Request: Sendable {
    /// The package.
    public var package: UserPackage
    /// The executable product; none means the only one that uses Weft.
    public var product: String?
    /// How to compile.
    public var configuration: Configuration
    /// The folder to write.
    public var output: URL
    /// Whether debuggers get debug information. In debug builds they always do.
    public var hasDebugInformation = false
    /// Whether the compiler may use SIMD instructions.
    public var usesSIMD = true
    /// Whether addresses have 64 bits, so that the memory can have more than 4 GiB. Not every engine runs such modules.
    public var usesMemory64 = false
    /// Whether a release build goes through `wasm-opt`, if that is installed.
    public var usesWasmOptimizer = false
    /// Whether tests may see what is internal in the modules that they test. In debug builds they always do.
    var isTestable = false
    /// The only module that will be run, if that is known.
    var threading: Variant.Threading?

    /// Makes a request.
    public init(package: UserPackage, product: String?, configuration: Configuration, output: URL) {
      self.package = package
      self.product = product
      self.configuration = configuration
      self.output = output
    }
  }

  /// What a build made.
  public struct Report: Sendable {
    /// The product that was built.
    public let product: String
    /// What the compiler had to say: warnings, as it wrote them.
    public let warnings: String
    /// What did not go as it might have, in a line; the package is whole all the same.
    public let note: String?
    /// Time from start to end.
    public let duration: Duration
  }

  /// The user's code did not compile, or did not link.
  public struct CompileError: LocalizedError, Sendable {
    /// The product that was to be built.
    public let product: String
    /// What the compiler said.
    public let diagnostics: String

    /// One line for the end of the output.
    public var errorDescription: String? { "\(product) did not compile for the web; the compiler's messages are above" }
  }

  private let toolchain: Toolchain
  private let runtimeFolder: URL?
  private let optimizer: WasmOptimizer?
  private let trace: (@Sendable (String) -> Void)?

  /// Makes a builder. `runtimeFolder` is where a runtime is that was compiled beforehand; `trace` is told of every command that runs
  /// and everything it prints.
  public init(toolchain: Toolchain, runtimeFolder: URL? = nil, trace: (@Sendable (String) -> Void)? = nil) {
    self.init(toolchain: toolchain, runtimeFolder: runtimeFolder, optimizer: WasmOptimizer(), trace: trace)
  }

  init(toolchain: Toolchain, runtimeFolder: URL? = nil, optimizer: WasmOptimizer?, trace: (@Sendable (String) -> Void)? = nil) {
    self.toolchain = toolchain
    self.runtimeFolder = runtimeFolder
    self.optimizer = optimizer
    self.trace = trace
  }

  /// The product that a request means.
  public func product(of request: Request) async throws -> String {
    try await manifest(of: request.package).product(named: request.product)
  }

  func manifest(of package: UserPackage) async throws -> PackageManifest {
    try await ManifestCache(package: package, toolchain: toolchain).manifest()
  }

  /// Builds. If anything fails, the output folder of the build before is left as it was.
  public func run(_ request: Request) async throws -> Report {
    let start = ContinuousClock.now
    if request.usesMemory64 { try toolchain.checkMemory64() }
    let manifest = try await manifest(of: request.package)
    let product = try manifest.product(named: request.product)
    let dependencies = Dependencies(package: request.package, toolchain: toolchain)
    try await dependencies.resolveIfNeeded(manifest)
    var (threads, single) = try await compileBoth(product, manifest, request)
    if Dependencies.isOutOfDate(threads.diagnostics) {
      try await dependencies.resolve()
      (threads, single) = try await compileBoth(product, manifest, request)
    }
    // What is wrong in one is nearly always wrong in both: it is told once.
    guard threads.succeeded && single.succeeded else {
      throw CompileError(product: product, diagnostics: (threads.succeeded ? single : threads).diagnostics)
    }
    // Another build of the package may run at the same time.
    let folder = request.package.workFolder.appendingPathComponent("package-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = PackageWriter(
      product: product, configuration: request.configuration,
      hasDebugInformation: request.hasDebugInformation || request.configuration == .debug,
      demangler: Demangler(swift: toolchain.swift), workFolder: folder)
    let modules = try await optimized(threads.module, single.module, request, in: folder)
    try await writer.write(
      threads: modules.threads, single: modules.single, imports: request.package.folder.appendingPathComponent("imports.js"),
      to: request.output)
    return Report(product: product, warnings: threads.diagnostics, note: modules.note, duration: ContinuousClock.now - start)
  }

  /// The modules as they go into the package: through `wasm-opt`, unless it is not wanted, is not there or fails.
  private func optimized(
    _ threads: URL, _ single: URL, _ request: Request, in folder: URL
  ) async throws -> (threads: URL, single: URL, note: String?) {
    // What is debugged is what the compiler made: debug information would no longer be right.
    guard request.usesWasmOptimizer, request.configuration == .release, !request.hasDebugInformation else { return (threads, single, nil) }
    guard let optimizer else {
      return (threads, single, "note: there is no wasm-opt in PATH, so the modules are larger than they might be; it is a part of Binaryen")
    }
    let start = ContinuousClock.now
    do {
      let better = (threads: folder.appendingPathComponent("threads.wasm"), single: folder.appendingPathComponent("single.wasm"))
      async let first: Void = optimizer.optimize(threads, to: better.threads)
      async let second: Void = optimizer.optimize(single, to: better.single)
      _ = try await (first, second)
      try Task.checkCancellation()
      let command = WasmOptimizer.arguments(for: threads, to: better.threads).joined(separator: " ")
      trace?("\(optimizer.program.path) \(command)\n  and the same for the other module, both in \(ContinuousClock.now - start)")
      return (better.threads, better.single, nil)
    } catch let refusal as WasmOptimizer.Refusal {
      try Task.checkCancellation()
      return (threads, single, "note: \(optimizer.program.path) failed (\(refusal.reason)), so the modules are larger than they might be")
    }
  }

  private struct Compilation {
    let succeeded: Bool
    let diagnostics: String
    let module: URL
  }

  /// The runtime that was compiled beforehand, if it is what this build would make of the package's own dependency.
  private func compiledRuntime(for request: Request, _ manifest: PackageManifest) -> CompiledRuntime? {
    let isUsual = request.configuration == .release && request.usesSIMD && !request.usesMemory64 && !request.package.isOfTests
    guard isUsual else { return nil }
    guard let runtime = runtimeFolder.flatMap({ CompiledRuntime(in: $0, toolchain: toolchain) }) else {
      trace?("The runtime is compiled with the package: none was with the command, or it or the toolchain has changed since then.")
      return nil
    }
    // Paths, because one URL of a folder may end in a slash and another not.
    let folders = request.package.folders(of: manifest).map { $0.standardizedFileURL.resolvingSymlinksInPath().path }
    guard folders.contains(runtime.checkout.path) else {
      trace?("The runtime is compiled with the package, which does not itself depend on that of the command, \(runtime.checkout.path).")
      return nil
    }
    return runtime
  }

  private func compileBoth(_ product: String, _ manifest: PackageManifest, _ request: Request) async throws -> (
    threads: Compilation, single: Compilation
  ) {
    let runtime = compiledRuntime(for: request, manifest)
    try SDKBundle(toolchain: toolchain, runtime: runtime).write(to: request.package.sdkFolder(runtime))
    func variant(_ threading: Variant.Threading) -> Variant {
      let variant = Variant(threading: threading, hasSIMD: request.usesSIMD, hasWideAddresses: request.usesMemory64)
      return runtime == nil ? variant : variant.withCompiledRuntime()
    }
    if let only = request.threading {
      let compilation = try await compile(product, variant(only), runtime, request)
      return (compilation, compilation)
    }
    async let threads = compile(product, variant(.threads), runtime, request)
    async let single = compile(product, variant(.single), runtime, request)
    return try await (threads, single)
  }

  private func compile(
    _ product: String, _ variant: Variant, _ runtime: CompiledRuntime?, _ request: Request
  ) async throws -> Compilation {
    let package = request.package
    let scratch = package.scratchFolder(variant)
    try Dependencies(package: package, toolchain: toolchain).share(with: scratch)
    var command = toolchain.build(
      package.folder, for: variant, configuration: request.configuration.rawValue, scratch: scratch, sdks: package.sdkFolder(runtime),
      ["--product", product] + (request.isTestable ? ["-Xswiftc", "-enable-testing"] : []), environment: package.environment)
    // Weft's own manifest leaves out what has been compiled.
    if runtime != nil { command.environment["WEFT_RUNTIME"] = "compiled" }
    let plan = StalePlan(scratch: scratch, runtime: runtime)
    try plan.remove()
    trace?("\(command.executable.path) \(command.arguments.joined(separator: " "))")
    var outcome = try await command.run()
    try Task.checkCancellation()
    trace?(outcome.text)
    // The linker comes last: what a stale module asks for may be gone.
    let isCompiled = outcome.status == 0 || outcome.text.contains("wasm-ld: error:")
    if isCompiled, try StaleModules(scratch: scratch, configuration: request.configuration, target: variant.target).remove() {
      outcome = try await command.run()
      try Task.checkCancellation()
      trace?(outcome.text)
    }
    try plan.note()
    return Compilation(
      succeeded: outcome.status == 0,
      diagnostics: Diagnostics.extract(from: outcome.text),
      module: scratch.appendingPathComponent("\(variant.target.rawValue)/\(request.configuration.rawValue)/\(product).wasm"))
  }
}
