import Foundation
import Testing

@testable import WeftDevelopment

/// A build with a compiler and a `wasm-opt` that are scripts.
@Suite struct WasmOptimizerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A module that imports a memory, shared or not, and has a custom section of one byte.
  private static func module(isShared: Bool, mark: UInt8) -> Data {
    let limits: [UInt8] = isShared ? [3, 1, 2] : [1, 1, 2]
    let imports = [1, 3] + Array("env".utf8) + [6] + Array("memory".utf8) + [2] + limits
    return Data([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 2, UInt8(imports.count)] + imports + [0, 3, 1, 0x6D, mark])
  }

  /// Builds with a `wasm-opt` that is `script` (`$1` its input, `$2` its output), or without one.
  private func build(
    optimizer script: String?, configuration: Configuration = .release, change: (inout WebBuild.Request) -> Void = { _ in }
  ) async throws -> WebBuild.Report {
    try Self.module(isShared: true, mark: 1).write(to: folder.url.appendingPathComponent("threads.wasm"))
    try Self.module(isShared: false, mark: 1).write(to: folder.url.appendingPathComponent("single.wasm"))
    try Self.module(isShared: true, mark: 2).write(to: folder.url.appendingPathComponent("threads.better"))
    try Self.module(isShared: false, mark: 2).write(to: folder.url.appendingPathComponent("single.better"))
    let fake = try await FakeToolchain(
      script: """
        case "$*" in
        package*) echo '{"products":[],"dependencies":[],"targets":[{"name":"App","type":"executable","dependencies":[{"product":["WeftLibrary","weft",null,null]}]}]}'; exit 0;;
        demangle*) exit 3;;
        esac
        for variant in threads single; do
          for configuration in release debug; do
            out=\(folder.url.path)/.build/weft/$variant/wasm32-unknown-none-wasm/$configuration
            # Put in place at once: both variants are built at the same time.
            mkdir -p $out && cp \(folder.url.path)/$variant.wasm $out/$$ && mv $out/$$ $out/App.wasm
          done
        done
        """, in: folder)
    try folder.write("// manifest", to: "Package.swift")
    var optimizer: WasmOptimizer?
    if let script {
      try await folder.writeProgram(
        """
        case "$*" in *single/wasm32*) variant=single;; *) variant=threads;; esac
        while [ "$1" != -o ]; do shift; done
        \(script)
        """, to: "tools/wasm-opt")
      optimizer = WasmOptimizer(environment: ["PATH": "\(folder.url.path)/tools"])
      #expect(optimizer != nil)
    }
    var request = WebBuild.Request(
      package: try UserPackage(containing: folder.url), product: nil, configuration: configuration,
      output: folder.url.appendingPathComponent("pkg"))
    request.usesWasmOptimizer = true
    change(&request)
    return try await WebBuild(toolchain: try await fake.examine().toolchain.get(), optimizer: optimizer).run(request)
  }

  /// The marks of the modules that were written: 1 the compiler's, 2 those of `wasm-opt`.
  private func marks() throws -> [UInt8?] {
    try ["app.wasm", "app.single.wasm"].map { try Data(contentsOf: folder.url.appendingPathComponent("pkg/\($0)")).last }
  }

  private var succeeding: String { "cp \(folder.url.path)/$variant.better \"$2\"" }

  @Test func itsModulesAreTaken() async throws {
    #expect(try await build(optimizer: succeeding).note == nil)
    #expect(try marks() == [2, 2])
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.appendingPathComponent(".build/weft").path)
    #expect(left.filter { $0.hasPrefix("package-") }.isEmpty)
  }

  @Test func whereThereIsNoneTheCompilersModulesAreTaken() async throws {
    #expect(try await build(optimizer: nil).note?.contains("no wasm-opt in PATH") == true)
    #expect(try marks() == [1, 1])
    #expect(WasmOptimizer(environment: ["PATH": folder.url.path]) == nil)
  }

  @Test func aFailureIsANoteAndNotAnError() async throws {
    let note = try await build(optimizer: "echo 'unknown feature'; echo more; exit 1").note
    #expect(note?.hasSuffix("wasm-opt failed (unknown feature), so the modules are larger than they might be") == true)
    #expect(try marks() == [1, 1])
    // One of the two is not enough, and what a build before has left is not taken for a result.
    _ = try await build(optimizer: succeeding)
    #expect(try await build(optimizer: "[ $variant = single ] || \(succeeding)").note?.contains("(exit status 0)") == true)
    #expect(try marks() == [1, 1])
  }

  @Test func itsModulesAreNotTakenIfNobodyWantsThem() async throws {
    _ = try await build(optimizer: succeeding) {
      $0 = WebBuild.Request(package: $0.package, product: nil, configuration: .release, output: $0.output)
    }
    #expect(try marks() == [1, 1])
  }

  @Test(arguments: Configuration.allCases) func whatIsDebuggedIsLeftAlone(_ configuration: Configuration) async throws {
    _ = try await build(optimizer: succeeding, configuration: configuration) { $0.hasDebugInformation = configuration == .release }
    for file in ["app.wasm", "app.single.wasm", "app.debug.wasm", "app.single.debug.wasm"] {
      let module = try Data(contentsOf: folder.url.appendingPathComponent("pkg/\(file)"))
      #expect(module.range(of: Data([0, 3, 1, 0x6D, 1])) != nil)
    }
  }
}
