import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct SDKBundleTests {
  private func options(_ folder: TemporaryFolder, _ variant: String) throws -> [String: [String]] {
    let data = Data(try folder.read("weft.artifactbundle/\(variant)/toolset.json").utf8)
    let toolset = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try ["swiftCompiler", "cCompiler", "linker"].reduce(into: [:]) { options, tool in
      let tools = try #require(toolset[tool] as? [String: [String]])
      options[tool] = tools["extraCLIOptions"]
    }
  }

  @Test func theVariantsDifferInSharing() async throws {
    let toolchain = try await FakeToolchain().examine().toolchain.get()
    let folder = try TemporaryFolder()
    try SDKBundle(toolchain: toolchain).write(to: folder.url)
    #expect(try folder.read("weft.artifactbundle/info.json").contains(#""weft-threads""#))
    #expect(try folder.read("weft.artifactbundle/single/swift-sdk.json").contains("wasm32-unknown-none-wasm"))

    let threads = try options(folder, "threads")
    #expect(threads["cCompiler"]?.contains("-matomics") == true)
    #expect(threads["swiftCompiler"]?.contains("-DWEFT_THREADS") == true)
    #expect(threads["swiftCompiler"]?.contains("\(toolchain.plugin.path)#WeftMacros") == true)
    #expect(threads["linker"]?.contains("--shared-memory") == true)
    #expect(threads["linker"]?.contains(toolchain.unicodeTables(for: .wasm32).path) == true)

    let single = try options(folder, "single")
    #expect(single.values.joined().allSatisfy { $0 != "-matomics" && $0 != "--shared-memory" && !$0.contains("WEFT_THREADS") })
    #expect(single["cCompiler"]?.contains("-DWEFT_SINGLE=1") == true)
    #expect(single["linker"]?.contains("--import-memory") == true)
  }

  @Test func theCompilerMayUseSIMDUnlessItIsTold() async throws {
    let toolchain = try await FakeToolchain().examine().toolchain.get()
    let folder = try TemporaryFolder()
    try SDKBundle(toolchain: toolchain).write(to: folder.url)
    for variant in ["threads", "single"] {
      let tools = try options(folder, variant)
      #expect(tools["cCompiler"]?.contains("-msimd128") == true)
      #expect(tools["swiftCompiler"]?.contains("-msimd128") == true)
      let without = try options(folder, "\(variant)-no-simd")
      #expect(without.mapValues { $0.count } != tools.mapValues { $0.count })
      #expect(!without.values.joined().contains("-msimd128"))
      #expect(try folder.read("weft.artifactbundle/info.json").contains("\"weft-\(variant)-no-simd\""))
    }
  }

  @Test func addressesOf64BitsAreAnotherTarget() async throws {
    let toolchain = try await FakeToolchain().examine().toolchain.get()
    let folder = try TemporaryFolder()
    try SDKBundle(toolchain: toolchain).write(to: folder.url)
    for variant in ["threads", "single", "threads-no-simd", "single-no-simd"] {
      let description = try folder.read("weft.artifactbundle/\(variant)-memory64/swift-sdk.json")
      #expect(description.contains("wasm64-unknown-none-wasm") && !description.contains("wasm32"))
      let wide = try options(folder, "\(variant)-memory64")
      #expect(wide["linker"]?.contains("--max-memory=17179869184") == true)
      #expect(wide["linker"]?.contains(toolchain.unicodeTables(for: .wasm64).path) == true)
      let noinline = "-force-attribute=swift_bridgeObjectRetain:noinline"
      #expect(wide["swiftCompiler"]?.contains(noinline) == true)
      let narrow = try options(folder, variant)
      #expect(narrow["linker"]?.contains("--max-memory=4294967296") == true)
      #expect(narrow["swiftCompiler"]?.contains(noinline) == false)
    }
  }

  @Test func writingAgainTouchesNothing() async throws {
    let toolchain = try await FakeToolchain().examine().toolchain.get()
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("weft.artifactbundle/threads/toolset.json").path
    try SDKBundle(toolchain: toolchain).write(to: folder.url)
    let past = Date(timeIntervalSince1970: 1000)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file)
    try SDKBundle(toolchain: toolchain).write(to: folder.url)
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date == past)
  }
}
