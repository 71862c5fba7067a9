import Foundation

/// The Swift SDKs that make SwiftPM build for the web: nothing but flags, and pointers into the installed toolchain.
package struct SDKBundle {
  private let toolchain: Toolchain
  private let runtime: CompiledRuntime?

  /// The SDKs of a toolchain; with a compiled runtime, those that are for it.
  package init(toolchain: Toolchain, runtime: CompiledRuntime? = nil) {
    self.toolchain = toolchain
    self.runtime = runtime
  }

  /// Writes the bundle into `folder`, for `--swift-sdks-path`. Files that are right already are not touched.
  package func write(to folder: URL) throws {
    let bundle = folder.appendingPathComponent("weft.artifactbundle", isDirectory: true)
    let variants = runtime == nil ? Variant.all : CompiledRuntime.variants.map { $0.withCompiledRuntime() }
    let artifacts = Dictionary(uniqueKeysWithValues: variants.map { ($0.sdk, Info.Artifact(path: $0.name)) })
    try write(Info(artifacts: artifacts), to: bundle.appendingPathComponent("info.json"))
    for variant in variants {
      let sdk = bundle.appendingPathComponent(variant.name, isDirectory: true)
      try FileManager.default.createDirectory(at: sdk.appendingPathComponent("sysroot"), withIntermediateDirectories: true)
      try write(Description(target: variant.target), to: sdk.appendingPathComponent("swift-sdk.json"))
      let toolset = try Toolset(variant: variant, toolchain: toolchain, runtime: runtime)
      try write(toolset, to: sdk.appendingPathComponent("toolset.json"))
    }
  }

  private func write(_ value: some Encodable, to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(value)
    if FileManager.default.contents(atPath: file.path) == data { return }
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file, options: .atomic)
  }
}

private struct Info: Encodable {
  struct Artifact: Encodable {
    struct Variant: Encodable {
      let path: String
    }
    let type = "swiftSDK"
    let version = "1.0.0"
    let variants: [Variant]

    init(path: String) { variants = [Variant(path: path)] }
  }
  let schemaVersion = "1.0"
  let artifacts: [String: Artifact]
}

private struct Description: Encodable {
  struct Target: Encodable {
    let sdkRootPath = "sysroot"
    let toolsetPaths = ["toolset.json"]
  }
  let schemaVersion = "4.0"
  let targetTriples: [String: Target]

  init(target: Toolchain.Target) { targetTriples = [target.rawValue: Target()] }
}

private struct Toolset: Encodable {
  struct Tool: Encodable {
    let extraCLIOptions: [String]
  }
  let schemaVersion = "1.0"
  let rootPath = "."
  let swiftCompiler: Tool
  let cCompiler: Tool
  let linker: Tool

  init(variant: Variant, toolchain: Toolchain, runtime: CompiledRuntime?) throws {
    let compiled = try runtime.map { (swift: $0.swiftFlags(variant.threading), linker: try $0.linkerFlags(variant.threading)) }
    swiftCompiler = Tool(extraCLIOptions: variant.swiftFlags(plugin: toolchain.plugin.path) + (compiled?.swift ?? []))
    cCompiler = Tool(extraCLIOptions: variant.cFlags)
    let tables = toolchain.unicodeTables(for: variant.target).path
    linker = Tool(extraCLIOptions: variant.linkerFlags(unicodeTables: tables) + (compiled?.linker ?? []))
  }
}
