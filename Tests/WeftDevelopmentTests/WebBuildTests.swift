import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

/// The build with a `swift` that is a script: what is run, and what is made of its answers.
@Suite struct WebBuildTests {
  private static let dump = #"""
    echo 'warning: something first'
    echo '{"products":[],"dependencies":[],"targets":[{"name":"App","type":"executable","dependencies":[{"product":["WeftLibrary","weft",null,null]}]}]}'
    """#

  private func build(script: String, in folder: TemporaryFolder, optimizer: WasmOptimizer? = nil) async throws -> (
    build: WebBuild, request: WebBuild.Request
  ) {
    let fake = try await FakeToolchain(
      script: """
        echo "$*" >> \(folder.url.path)/calls
        case "$*" in
        package*dump-package) \(Self.dump); exit 0;;
        esac
        \(script)
        """, in: folder)
    try folder.write("// manifest", to: "Package.swift")
    let package = try UserPackage(containing: folder.url)
    let toolchain = try await fake.examine().toolchain.get()
    let request = WebBuild.Request(
      package: package, product: nil, configuration: .release, output: folder.url.appendingPathComponent("pkg"))
    return (WebBuild(toolchain: toolchain, optimizer: optimizer), request)
  }

  @Test func aCompileErrorIsToldOnceAndLeavesTheOutput() async throws {
    let folder = try TemporaryFolder()
    try folder.write("before", to: "pkg/index.js")
    let (build, request) = try await build(script: "echo '[1/2] Compiling'; echo 'a.swift:1:1: error: no'; exit 1", in: folder)
    let error = await #expect(throws: WebBuild.CompileError.self) { try await build.run(request) }
    #expect(error?.diagnostics == "a.swift:1:1: error: no")
    #expect(error?.product == "App")
    #expect(try folder.read("pkg/index.js") == "before")
  }

  @Test func ifOnlyOneFailsItsOwnMessagesAreTold() async throws {
    let folder = try TemporaryFolder()
    let (build, request) = try await build(
      script: #"case "$*" in *weft-single*) echo 'error: only here'; exit 1;; *) echo 'warning: there';; esac"#, in: folder)
    let error = await #expect(throws: WebBuild.CompileError.self) { try await build.run(request) }
    #expect(error?.diagnostics == "error: only here")
  }

  @Test func bothVariantsAreBuiltWithTheirOwnFolders() async throws {
    let folder = try TemporaryFolder()
    let (build, request) = try await build(script: "exit 1", in: folder)
    _ = try? await build.run(request)
    let calls = try folder.read("calls").split(separator: "\n").filter { $0.hasPrefix("build") }
    #expect(calls.count == 2)
    for variant in ["threads", "single"] {
      let call = try #require(calls.first { $0.contains("--swift-sdk weft-\(variant) ") })
      #expect(call.contains("--scratch-path \(folder.url.path)/.build/weft/\(variant) "))
      #expect(call.contains("--configuration release"))
      #expect(call.contains("--product App"))
    }
  }

  @Test func withoutSIMDOtherFoldersAreUsed() async throws {
    let folder = try TemporaryFolder()
    var (build, request) = try await build(script: "exit 1", in: folder)
    request.usesSIMD = false
    _ = try? await build.run(request)
    let calls = try folder.read("calls")
    for variant in ["threads-no-simd", "single-no-simd"] {
      #expect(calls.contains("--scratch-path \(folder.url.path)/.build/weft/\(variant) "))
      #expect(calls.contains("--swift-sdk weft-\(variant) "))
    }
  }

  @Test func memory64HasFoldersOfItsOwn() async throws {
    let folder = try TemporaryFolder()
    var (build, request) = try await build(script: "exit 1", in: folder)
    request.usesMemory64 = true
    for part in ["Swift.swiftmodule/wasm64-unknown-none-wasm.swiftmodule", "wasm64-unknown-none-wasm/libswiftUnicodeDataTables.a"] {
      let problem = await #expect(throws: Problem.self) { try await build.run(request) }
      #expect(problem?.message.contains("--memory64 needs a toolchain that can build for wasm64-unknown-none-wasm") == true)
      #expect(problem?.message.contains("lacks \(folder.url.path)/lib/swift/embedded/\(part)") == true)
      try folder.write("", to: "lib/swift/embedded/\(part)")
    }
    _ = try? await build.run(request)
    let calls = try folder.read("calls")
    for variant in ["threads-memory64", "single-memory64"] {
      #expect(calls.contains("--scratch-path \(folder.url.path)/.build/weft/\(variant) "))
      #expect(calls.contains("--swift-sdk weft-\(variant) "))
    }
  }

  @Test func theManifestIsReadAgainOnlyWhenItHasChanged() async throws {
    let folder = try TemporaryFolder()
    let (build, request) = try await build(script: "exit 1", in: folder)
    let reads = { try folder.read("calls").components(separatedBy: "dump-package").count - 1 }
    #expect(try await build.product(of: request) == "App")
    #expect(try await build.product(of: request) == "App")
    #expect(try reads() == 1)
    try folder.write("// other", to: "Package.swift")
    _ = try await build.product(of: request)
    #expect(try reads() == 2)
    try folder.write("// more", to: "Package@swift-6.4.swift")
    _ = try await build.product(of: request)
    #expect(try reads() == 3)
  }

  @Test func newDependenciesAreResolvedAndTheBuildTriedAgain() async throws {
    let folder = try TemporaryFolder()
    let (build, request) = try await build(
      script: #"""
        case "$*" in
        package*resolve) touch resolved;;
        *) [ -e resolved ] && { echo 'error: second'; exit 1; }; echo 'error: an out-of-date resolved file was detected'; exit 1;;
        esac
        """#.replacingOccurrences(of: "resolved;;", with: "\(folder.url.path)/resolved;;")
          .replacingOccurrences(of: "-e resolved", with: "-e \(folder.url.path)/resolved"), in: folder)
    let error = await #expect(throws: WebBuild.CompileError.self) { try await build.run(request) }
    #expect(error?.diagnostics == "error: second")
  }

  @Test func aBrokenManifestIsExplained() async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "Package.swift")
    let fake = try await FakeToolchain(script: "echo 'Package.swift:1:1: error: bad'; exit 1")
    let package = try UserPackage(containing: folder.url)
    let cache = ManifestCache(package: package, toolchain: try await fake.examine().toolchain.get())
    let problem = await #expect(throws: Problem.self) { try await cache.manifest() }
    #expect(problem?.message.contains("Package.swift could not be read") == true)
    #expect(problem?.message.contains("error: bad") == true)
  }

  @Test func theEnvironmentTellsManifestsOfTheWebAndNotOfTheShell() {
    let shell = ["PATH": "/bin", "PWD": "/here", "OLDPWD": "/there", "SHLVL": "2", "_": "/bin/weft"]
    #expect(WebEnvironment.variables(from: shell) == ["PATH": "/bin", "WEFT_MACRO_PLUGIN": "1"])
  }
}
