import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

/// Compiling the runtime, with a `swift` that is a script.
@Suite struct RuntimeCompilationTests {
  private let folder: TemporaryFolder
  private var workFolder: URL { folder.url.appendingPathComponent("work") }

  init() throws {
    folder = try TemporaryFolder()
    for module in CompiledRuntime.swiftModules + ["CWeftPlatform", "WeftMacros"] {
      try folder.write("// \(module)", to: "weft/Sources/\(module)/Source.swift")
    }
    try folder.write("// manifest", to: "weft/Package.swift")
  }

  private func toolchain(script: String) async throws -> Toolchain {
    try await FakeToolchain(script: "echo \"$*\" >> \(folder.url.path)/calls\n\(script)", in: folder).examine().toolchain.get()
  }

  /// A `swift build` that makes what the real one makes of the runtime, one object for each module.
  private func working() async throws -> Toolchain {
    try await toolchain(
      script: #"""
        while [ "$1" != --scratch-path ]; do shift; done
        products="$2/wasm32-unknown-none-wasm/release"
        mkdir -p "$products/Modules"
        for module in \#(CompiledRuntime.swiftModules.joined(separator: " ")) CWeftPlatform; do
          mkdir "$products/$module.build"
          touch "$products/Modules/$module.swiftmodule" "$products/$module.build/Source.swift.o" "$products/$module.build/Source.d"
        done
        """#)
  }

  private func compilation(_ toolchain: Toolchain) -> RuntimeCompilation {
    RuntimeCompilation(checkout: folder.url.appendingPathComponent("weft"), workFolder: workFolder, toolchain: toolchain)
  }

  private func runtimes() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: workFolder.path).filter { $0.hasPrefix("runtime-") })
  }

  @Test func modulesAndObjectsAreKept() async throws {
    let toolchain = try await working()
    let made = try await compilation(toolchain).run()
    #expect(CompiledRuntime(in: made, toolchain: toolchain) != nil)
    for threading in Variant.Threading.allCases {
      let modules = try FileManager.default.contentsOfDirectory(atPath: CompiledRuntime.modules(threading, in: made).path)
      #expect(Set(modules) == Set(CompiledRuntime.swiftModules.map { "\($0).swiftmodule" }))
      let objects = try FileManager.default.contentsOfDirectory(atPath: CompiledRuntime.objects(threading, in: made).path)
      #expect(Set(objects) == Set(CompiledRuntime.swiftModules.map { "\($0).Source.swift.o" }))
    }
    let calls = try folder.read("calls")
    for sdk in ["weft-threads", "weft-single"] { #expect(calls.contains("--swift-sdk \(sdk) --target Weft ")) }
  }

  @Test func itIsCompiledAgainOnlyWhenASourceHasChanged() async throws {
    let compilation = compilation(try await working())
    let first = try await compilation.run()
    #expect(try await compilation.run().path == first.path)
    #expect(try folder.read("calls").split(separator: "\n").count == 2)
    try folder.write("// another", to: "weft/Sources/WeftJS/Source.swift")
    #expect(try await compilation.run().path != first.path)
    #expect(try folder.read("calls").split(separator: "\n").count == 4)
  }

  @Test func theOneOfBeforeIsKeptForWhoeverReadsIt() async throws {
    let compilation = compilation(try await working())
    var made: [String] = []
    for round in 0..<3 {
      try folder.write("// \(round)", to: "weft/Sources/WeftJS/Source.swift")
      let folder = try await compilation.run()
      // As if some time had passed.
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: Double(round))], ofItemAtPath: folder.path)
      made.append(folder.lastPathComponent)
    }
    try compilation.removeOld(but: workFolder.appendingPathComponent(made[2]))
    #expect(try runtimes() == [made[1], made[2]])
  }

  @Test func whatFailsLeavesNothingBehind() async throws {
    let toolchain = try await toolchain(script: "echo 'Loop.swift:1:1: error: no'; exit 1")
    let problem = await #expect(throws: Problem.self) { try await compilation(toolchain).run() }
    #expect(problem?.message.hasPrefix("the runtime did not compile for the web; Swift said:") == true)
    #expect(problem?.message.contains("Loop.swift:1:1: error: no") == true)
    #expect(try runtimes().isEmpty)
  }
}
