import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

/// When a build uses the runtime that was compiled with the command, and what it tells the compiler then.
@Suite struct CompiledRuntimeTests {
  /// A checkout of Weft's with a source for each module, a runtime of it, a package that uses it, and a toolchain that notes what is asked of it.
  private let folder: TemporaryFolder
  private let toolchain: Toolchain
  private var checkout: URL { folder.url.appendingPathComponent("weft") }
  private var runtimeFolder: URL { folder.url.appendingPathComponent("runtime") }
  private var runtime: CompiledRuntime? { CompiledRuntime(in: runtimeFolder, toolchain: toolchain) }

  init() async throws {
    folder = try TemporaryFolder()
    for module in CompiledRuntime.swiftModules + ["CWeftPlatform", "WeftMacros"] {
      try folder.write("// \(module)", to: "weft/Sources/\(module)/Folder/Source.swift")
    }
    try folder.write("// manifest", to: "weft/Package.swift")
    for threading in ["threads", "single"] {
      try folder.write("", to: "runtime/\(threading)/modules/Weft.swiftmodule")
      for object in ["b.o", "a.o"] { try folder.write("", to: "runtime/\(threading)/objects/\(object)") }
    }
    let fake = try await FakeToolchain(
      script: """
        echo "$* WEFT_RUNTIME=$WEFT_RUNTIME" >> \(folder.url.path)/calls
        case "$*" in
        package*dump-package) cat \(folder.url.path)/dump; exit 0;;
        esac
        exit 1
        """, in: folder)
    toolchain = try await fake.examine().toolchain.get()
    try CompiledRuntime.complete(runtimeFolder, from: CompiledRuntime.Origin(checkout: checkout, toolchain: toolchain))
  }

  /// What `swift build` is asked for, for a package that depends on the Weft in `path`.
  private func builds(dependingOn path: String, change: (inout WebBuild.Request) -> Void = { _ in }) async throws -> [String] {
    try folder.write("// \(path)", to: "App/Package.swift")
    try folder.write(
      #"""
      {"products":[],"dependencies":[{"fileSystem":[{"path":"\#(path)"}]}],
       "targets":[{"name":"App","type":"executable","dependencies":[{"product":["WeftLibrary","weft",null,null]}]}]}
      """#, to: "dump")
    let package = try UserPackage(containing: folder.url.appendingPathComponent("App"))
    var request = WebBuild.Request(
      package: package, product: nil, configuration: .release, output: folder.url.appendingPathComponent("pkg"))
    change(&request)
    await #expect(throws: WebBuild.CompileError.self) {
      try await WebBuild(toolchain: toolchain, runtimeFolder: runtimeFolder, optimizer: nil).run(request)
    }
    let calls = try folder.read("calls").split(separator: "\n").map(String.init)
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("calls"))
    return calls.filter { $0.hasPrefix("build") }
  }

  @Test func itIsUsedUntilASourceChanges() throws {
    #expect(runtime?.checkout == checkout.resolvingSymlinksInPath())
    let source = "weft/Sources/WeftJS/Folder/Source.swift"
    try folder.write("// another", to: source)
    #expect(runtime == nil)
  }

  @Test(arguments: ["weft/Sources/CWeftPlatform/include/new.h", "weft/Sources/WeftMacros/Folder/Deeper/New.swift"])
  func itIsNotUsedWithANewSource(_ file: String) throws {
    try folder.write("", to: file)
    #expect(runtime == nil)
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent(file))
    #expect(runtime != nil)
  }

  @Test func whatIsNoSourceMayChange() throws {
    try folder.write("", to: "weft/Sources/WeftJS/README.md")
    try folder.write("", to: "weft/Sources/WeftJS/Folder/.Source.swift.swp")
    #expect(runtime != nil)
  }

  @Test func thePlugInWatchesWhatIsCompared() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let rules = try ["Plugins/CompileRuntime/CompileRuntime.swift", "Sources/WeftToolchain/CompiledRuntime.swift"].map { file in
      let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
      return try #require(text.split(separator: "\n").first { $0.contains("sourceExtensions: Set = [") })
    }
    #expect(rules[0] == rules[1])
  }

  @Test func itIsNotUsedOnceASourceIsGone() throws {
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("weft/Sources/Weft/Folder/Source.swift"))
    #expect(runtime == nil)
  }

  @Test func itIsNotUsedByAnotherCompiler() async throws {
    let other = try await FakeToolchain(version: "Swift version 6.3.2 (swift-6.3.2-RELEASE)", in: folder).examine().toolchain.get()
    #expect(CompiledRuntime(in: runtimeFolder, toolchain: other) == nil)
    #expect(runtime != nil)
  }

  @Test func oneThatIsNotCompleteIsNotUsed() throws {
    try FileManager.default.removeItem(at: runtimeFolder.appendingPathComponent("origin.json"))
    #expect(runtime == nil)
  }

  @Test func thePackagesThatUseItsSourcesAreBuiltWithIt() async throws {
    let builds = try await builds(dependingOn: checkout.path)
    #expect(builds.count == 2)
    for variant in ["threads-compiled", "single-compiled"] {
      let build = try #require(builds.first { $0.contains("--swift-sdk weft-\(variant) ") })
      // Modules of other builds would be found before those of the runtime.
      #expect(build.contains("--scratch-path \(folder.url.path)/App/.build/weft/\(variant) "))
      #expect(build.hasSuffix("WEFT_RUNTIME=compiled"))
    }
  }

  @Test func aPackageThatWasFetchedCounts() async throws {
    try folder.write("", to: "App/.build/checkouts/other/file")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("App/.build/checkouts/weft"), withDestinationURL: checkout)
    #expect(try await builds(dependingOn: "/elsewhere").allSatisfy { $0.hasSuffix("WEFT_RUNTIME=compiled") })
  }

  @Test func whatElseIsBuiltIsBuiltWithItsSources() async throws {
    try folder.write("", to: "lib/swift/embedded/Swift.swiftmodule/wasm64-unknown-none-wasm.swiftmodule")
    try folder.write("", to: "lib/swift/embedded/wasm64-unknown-none-wasm/libswiftUnicodeDataTables.a")
    let weft = checkout.path
    let others = [
      try await builds(dependingOn: folder.url.appendingPathComponent("another-weft").path),
      try await builds(dependingOn: weft) { $0.configuration = .debug },
      try await builds(dependingOn: weft) { $0.usesSIMD = false },
      try await builds(dependingOn: weft) { $0.usesMemory64 = true },
      try await builds(dependingOn: weft) { $0.package.isOfTests = true },
    ]
    for builds in others {
      #expect(builds.count == 2)
      #expect(builds.allSatisfy { $0.hasSuffix(" WEFT_RUNTIME=") && !$0.contains("-compiled") })
    }
  }

  @Test func onlyItsSDKsKnowOfIt() async throws {
    let sdks = folder.url.appendingPathComponent("sdks")
    let runtime: CompiledRuntime = try #require(runtime)
    try SDKBundle(toolchain: toolchain, runtime: runtime).write(to: sdks)
    try SDKBundle(toolchain: toolchain).write(to: folder.url.appendingPathComponent("others"))
    for threading in ["threads", "single"] {
      let toolset = try folder.read("sdks/weft.artifactbundle/\(threading)-compiled/toolset.json")
      #expect(toolset.contains("\"-I\",\n      \"\(runtimeFolder.path)/\(threading)/modules\""))
      let objects = ["a.o", "b.o"].map { "\"\(runtimeFolder.path)/\(threading)/objects/\($0)\"" }
      #expect(toolset.contains(objects.joined(separator: ",\n      ")))
      #expect(try folder.read("sdks/weft.artifactbundle/info.json").contains("\"weft-\(threading)-compiled\""))
      #expect(try !folder.read("others/weft.artifactbundle/\(threading)/toolset.json").contains(runtimeFolder.path))
    }
    #expect(try !folder.read("others/weft.artifactbundle/info.json").contains("compiled"))
  }

  @Test func eachRuntimeHasSDKsOfItsOwn() async throws {
    let builds = try await builds(dependingOn: checkout.path)
    #expect(builds.allSatisfy { $0.contains("--swift-sdks-path \(folder.url.path)/App/.build/weft/sdk-runtime ") })
  }

  @Test func anotherRuntimeIsAnotherPlan() throws {
    let scratch = folder.url.appendingPathComponent("scratch")
    try folder.write(#"{"object":{"dependencies":[]}}"#, to: "scratch/workspace-state.json")
    let first = StalePlan(scratch: scratch, runtime: runtime)
    try first.remove()
    try folder.write("plan", to: "scratch/release.yaml")
    try first.note()
    try first.remove()
    #expect(scratch.appendingPathComponent("release.yaml").exists)
    let other = folder.url.appendingPathComponent("other-runtime")
    try FileManager.default.copyItem(at: runtimeFolder, to: other)
    let otherRuntime: CompiledRuntime = try #require(CompiledRuntime(in: other, toolchain: toolchain))
    try StalePlan(scratch: scratch, runtime: otherRuntime).remove()
    #expect(!scratch.appendingPathComponent("release.yaml").exists)
  }

  @Test func aPlanOfABuildThatWasInterruptedIsNotKept() throws {
    let scratch = folder.url.appendingPathComponent("scratch")
    let runtime: CompiledRuntime = try #require(runtime)
    // Nothing has been noted before the plan was made.
    try folder.write("plan", to: "scratch/release.yaml")
    try StalePlan(scratch: scratch, runtime: runtime).remove()
    #expect(!scratch.appendingPathComponent("release.yaml").exists)
    try folder.write("plan", to: "scratch/release.yaml")
    try StalePlan(scratch: scratch, runtime: runtime).remove()
    #expect(scratch.appendingPathComponent("release.yaml").exists)
  }
}
