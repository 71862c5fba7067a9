import Foundation
import Testing

@testable import WeftPackaging

@Suite struct PackageBuilderTests {
  private static let exports = [
    "weft_start",
    descriptor(
      name: "scale", doc: #"Scales *in place*: `data` * k.\n\n- Parameter data: \"a\" \\ */ 🦊"#,
      parameters: [("data", "[Double]", true), ("delete", "Double", false)]),
    descriptor(
      name: "combine", doc: "All types.",
      parameters: [
        ("a", "[Float]", false), ("b", "[Int64]", false), ("c", "SharedBuffer<UInt>", false), ("d", "UInt64", false), ("e", "Bool", false),
        ("f", "String", false),
      ], result: "[UInt8]"),
    descriptor(name: "tick"), "f1",
  ]

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "/** Doc. */\nexport const start = (description, options) => ({ ...description, options });\n// End.\n", to: "JavaScript/runtime.js")
    try folder.write("import \"./runtime.js\";\n", to: "JavaScript/worker.js")
    try folder.write("no script", to: "JavaScript/README.md")
  }

  private static func descriptor(
    name: String, doc: String? = nil, parameters: [(name: String, type: String, isInout: Bool)] = [], result: String = "Void"
  ) -> String {
    let parameters = parameters.map { #"{"name":"\#($0.name)","type":"\#($0.type)"\#($0.isInout ? #","inout":true"# : "")}"# }
    let doc = doc.map { #""doc":"\#($0)","# } ?? ""
    let json = #"{"name":"\#(name)",\#(doc)"parameters":[\#(parameters.joined(separator: ","))],"result":"\#(result)"}"#
    return "weft:" + json.replacing("%", with: "%25").replacing("\"", with: "%22").replacing("\\", with: "%5C")
  }

  private func build(
    _ threaded: TestModule, _ single: TestModule, configuration: PackageBuilder.Configuration = .release, product: String = "My App",
    hasDebugInformation: Bool = false, readableNames: [String: String] = [:]
  ) throws {
    try PackageBuilder(
      product: product, configuration: configuration, hasDebugInformation: hasDebugInformation, readableNames: readableNames,
      runtimeFolder: folder.file("JavaScript")
    ).write(
      threaded: folder.write(Data(threaded.bytes), to: "threads/App.wasm"),
      single: folder.write(Data(single.bytes), to: "single/App.wasm"),
      to: folder.file("pkg"))
  }

  private func failure(_ threaded: TestModule, _ single: TestModule) throws -> String {
    let error = #expect(throws: PackagingError.self) { try build(threaded, single) }
    return "\(try #require(error))"
  }

  private func modules(exports: [String] = exports, single: [String]? = nil) -> (threaded: TestModule, single: TestModule) {
    (TestModule(exports: exports), TestModule(exports: single ?? exports.reversed(), memory: TestModule.plainMemory))
  }

  private func exportNames(of file: String) throws -> [String] {
    try WasmModule([UInt8](Data(contentsOf: folder.file("pkg/\(file)")))).exports.map(\.name)
  }

  @Test func files() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: folder.file("pkg").path)) == [
        "index.js", "index.d.ts", "calls.js", "classic.js", "classic.d.ts", "direct.js", "package.json", "my-app.wasm",
        "my-app.single.wasm", "ports.js", "ports.d.ts",
        "runtime.js", "symbols.js", "worker.js", "worklet.d.ts", "worklet.js",
      ])
  }

  @Test func workletScript() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    let text = try String(contentsOf: folder.file("pkg/worklet.js"), encoding: .utf8)
    // What is missing there must come before anything else is run.
    #expect(text.hasPrefix("\(IndexScript.firstLine)\nimport \"./scope.js\";\nimport "))
    #expect(text.contains("import { start } from \"./here.js\";"))
    #expect(!text.contains("import(") && !text.contains("new URL("))
    #expect(text.contains("  return start({\n    functions,\n    memory,\n  }, module, options);"))
  }

  @Test func indexScript() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    let text = try String(contentsOf: folder.file("pkg/index.js"), encoding: .utf8)
    #expect(
      text == """
        // Written by weft; changes are lost with the next build.
        import { inout, numbers, withInout } from "./arrays.js";
        import { bool, buffer, number, start } from "./runtime.js";
        import { text } from "./text.js";
        const int64 = number("Int64", "BigInt64", 8, BigInt64Array, -(2n ** 63n), 2n ** 63n - 1n);
        const uint = number("UInt", "Float64", 8, Uint32Array, 0, 2 ** 32 - 1);
        const uint8 = number("UInt8", "Uint8", 1, Uint8Array, 0, 2 ** 8 - 1);
        const uint64 = number("UInt64", "BigUint64", 8, BigUint64Array, 0n, 2n ** 64n - 1n);
        const float = number("Float", "Float32", 4, Float32Array);
        const double = number("Double", "Float64", 8, Float64Array);
        const functions = [
          ["f0", ["combine", [["a", numbers(float)], ["b", numbers(int64)], ["c", buffer(uint)], ["d", uint64], ["e", bool], ["f", text]], numbers(uint8)]],
          ["f2", ["scale", [["data", inout(numbers(double))], ["delete", double]], withInout(null, [["data", 0, numbers(double)]])]],
          ["f3", ["tick", [], null]],
        ];
        const memory = { initial: 18, maximum: 16384 };
        /** Starts the program. */
        export default function init(options) {
          return start({
            functions,
            memory,
            threaded: new URL("./my-app.wasm", import.meta.url),
            single: new URL("./my-app.single.wasm", import.meta.url),
            worker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
          }, options);
        }
        export { WeftError, supportsThreads } from "./runtime.js";

        """)
  }

  /// What `Int` is to JavaScript where addresses have 64 bits, and what the package has for it.
  @Test func wideAddresses() throws {
    let exports = [
      Self.descriptor(
        name: "look", parameters: [("a", "Int", false), ("b", "[Int]", false), ("c", "SharedBuffer<UInt>", false), ("d", "UInt?", false)],
        result: "Int"),
      Self.descriptor(name: "least", parameters: [("a", "Int", false), ("b", "UInt", false)], result: "Double"),
      Self.descriptor(name: "most", parameters: [("a", "Double", false)], result: "UInt"), "weft.direct:least", "weft.direct:most",
    ]
    try folder.write("export const size = 4;\n", to: "JavaScript/addresses.js")
    try folder.write("export const size = 8;\n", to: "JavaScript/addresses64.js")
    try build(
      TestModule(exports: exports, memory: TestModule.wideSharedMemory), TestModule(exports: exports, memory: TestModule.widePlainMemory))

    let index = try String(contentsOf: folder.file("pkg/index.js"), encoding: .utf8)
    #expect(index.contains("import { integer, requireMemory64 } from \"./addresses.js\";"))
    #expect(index.contains("const int = integer(\"Int\", -Number.MAX_SAFE_INTEGER);"))
    #expect(index.contains("const uint = integer(\"UInt\", 0);"))
    #expect(index.contains("[[\"a\", int], [\"b\", numbers(int64)], [\"c\", buffer(uint64)], [\"d\", optional(uint)]], int]"))
    #expect(index.contains("const memory = { initial: 18, maximum: 262144, address: \"i64\" };"))
    let check = "requireMemory64(supportsThreads().supported);"
    #expect(index.contains("export default async function init(options) {\n  \(check)\n  return start("))
    let types = try String(contentsOf: folder.file("pkg/index.d.ts"), encoding: .utf8)
    #expect(
      types.contains(
        "look(a: number, b: BigInt64Array | readonly bigint[], c: SharedBuffer<BigUint64Array>, d?: number | null | undefined): number;"))
    let direct = try String(contentsOf: folder.file("pkg/direct.js"), encoding: .utf8)
    #expect(direct.contains("!(Number.isSafeInteger(a0)) || !(Number.isSafeInteger(a1) && a1 >= 0)"))
    // What comes out of it must be looked at.
    #expect(!direct.contains("function (a0) {"))
    #expect(try String(contentsOf: folder.file("pkg/addresses.js"), encoding: .utf8) == "export const size=8;\n")
    #expect(!FileManager.default.fileExists(atPath: folder.file("pkg/addresses64.js").path))
  }

  @Test func narrowAddressesNeedNothingOfWideOnes() throws {
    try folder.write("export const size = 4;\n", to: "JavaScript/addresses.js")
    try folder.write("export const size = 8;\n", to: "JavaScript/addresses64.js")
    let (threaded, single) = modules()
    try build(threaded, single)
    #expect(try String(contentsOf: folder.file("pkg/addresses.js"), encoding: .utf8) == "export const size=4;\n")
    #expect(!FileManager.default.fileExists(atPath: folder.file("pkg/addresses64.js").path))
  }

  @Test func differentAddresses() throws {
    let text = try failure(
      TestModule(exports: [], memory: TestModule.wideSharedMemory), TestModule(exports: [], memory: TestModule.plainMemory))
    #expect(text.contains("build both with --memory64, or neither"))
  }

  @Test func shortExportsInBothModules() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    #expect(try exportNames(of: "my-app.wasm") == ["weft_start", "f2", "f0", "f3", "f1"])
    #expect(try exportNames(of: "my-app.single.wasm") == ["f1", "f3", "f0", "f2", "weft_start"])
  }

  @Test func declarations() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    let text = try String(contentsOf: folder.file("pkg/index.d.ts"), encoding: .utf8)
    #expect(
      text.contains(
        #"""
        export interface Exports {
          /** All types. */
          combine(a: Float32Array | readonly number[], b: BigInt64Array | readonly bigint[], c: SharedBuffer<Uint32Array>, d: bigint, e: boolean, f: string): Uint8Array;
          /**
           * Scales *in place*: `data` * k.
           *
           * - Parameter data: "a" \ *\/ 🦊
           */
          scale(data: Float64Array, delete_: number): void;
          tick(): void;
        }
        """#))
    #expect(text.contains("  tick(options?: CallOptions): Promise<void>;\n"))
    #expect(text.contains("f: string, options?: CallOptions): Promise<Uint8Array>;\n"))
  }

  @Test func manifest() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.file("pkg/package.json")))
    let manifest = try #require(json as? [String: Any])
    #expect(manifest["name"] as? String == "my-app")
    #expect(manifest["type"] as? String == "module")
    #expect(manifest["types"] as? String == "./index.d.ts")
    #expect(manifest["main"] as? String == "./index.js")
    #expect(manifest["sideEffects"] as? [String] == ["./classic.js", "./scope.js", "./worker.js"])
    #expect(
      manifest["files"] as? [String] == [
        "calls.js", "classic.d.ts", "classic.js", "direct.js", "index.d.ts", "index.js", "my-app.single.wasm", "my-app.wasm", "ports.d.ts",
        "ports.js", "runtime.js", "symbols.js", "worker.js", "worklet.d.ts", "worklet.js",
      ])
    let exports = try #require(manifest["exports"] as? [String: any Sendable])
    #expect(
      exports.compactMapValues { $0 as? [String: String] } == [
        ".": ["types": "./index.d.ts", "default": "./index.js"],
        "./classic.js": ["types": "./classic.d.ts", "default": "./classic.js"],
        "./ports.js": ["types": "./ports.d.ts", "default": "./ports.js"],
        "./worklet.js": ["types": "./worklet.d.ts", "default": "./worklet.js"],
      ])
    let files = ["./my-app.wasm", "./my-app.single.wasm", "./worker.js", "./isolation.js", "./package.json"]
    #expect(exports.compactMapValues { $0 as? String } == Dictionary(uniqueKeysWithValues: zip(files, files)))
  }

  @Test(arguments: [("App", "app"), ("My App", "my-app"), ("Été_2", "ete_2"), ("_x", "x"), ("日本", "app"), ("a/../b", "a-b")])
  func packageNames(_ product: String, _ name: String) {
    #expect(PackageManifest.name(of: product) == name)
  }

  @Test func classicScript() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    let text = try String(contentsOf: folder.file("pkg/classic.js"), encoding: .utf8)
    #expect(text.contains("\nglobalThis.MyApp = "))
    let declarations = try String(contentsOf: folder.file("pkg/classic.d.ts"), encoding: .utf8)
    #expect(declarations.contains("\ndeclare const MyApp: {\n"))
  }

  @Test(arguments: [("App", "App"), ("My App", "MyApp"), ("my-app", "myapp"), ("2048", "_2048"), ("日本", "App")])
  func globals(_ product: String, _ name: String) {
    #expect(ClassicScript.global(of: product) == name)
  }

  @Test func configurations() throws {
    var (threaded, single) = modules()
    threaded.customSections = [("name", [1]), (".debug_info", [2]), ("producers", [3]), ("target_features", [4]), ("mine", [5])]
    single.customSections = threaded.customSections
    func customSections(_ file: String) throws -> [String] {
      try WasmModule([UInt8](Data(contentsOf: folder.file("pkg/\(file)")))).customSections
    }
    try build(threaded, single, configuration: .release)
    #expect(try customSections("my-app.wasm") == ["mine"])
    #expect(try customSections("my-app.single.wasm") == ["mine"])
    #expect(
      try String(contentsOf: folder.file("pkg/runtime.js"), encoding: .utf8)
        == "export const start=(description,options)=>({...description,options});\n")
    try build(threaded, single, configuration: .debug)
    #expect(try customSections("my-app.wasm") == ["name", "mine"])
    #expect(try customSections("my-app.single.wasm") == ["name", "mine"])
    #expect(try String(contentsOf: folder.file("pkg/runtime.js"), encoding: .utf8).hasPrefix("/** Doc. */\n"))
  }

  @Test(arguments: PackageBuilder.Configuration.allCases) func debugInformation(_ configuration: PackageBuilder.Configuration) throws {
    var (threaded, single) = modules()
    threaded.customSections = [(".debug_info", [2]), ("name", TestModule.names([(1, "$s1a")])), (".swift_ast", [3])]
    single.customSections = threaded.customSections
    try build(threaded, single, configuration: configuration, hasDebugInformation: true, readableNames: ["$s1a": "a()"])
    for name in ["my-app", "my-app.single"] {
      let module = try WasmModule([UInt8](Data(contentsOf: folder.file("pkg/\(name).wasm"))))
      #expect(module.customSections == ["name", "external_debug_info"])
      #expect(module.names?.functions == [1: "a()"])
      #expect(module.customSection("external_debug_info") == TestModule.name("\(name).debug.wasm")[...])
      let debugged = try WasmModule([UInt8](Data(contentsOf: folder.file("pkg/\(name).debug.wasm"))))
      #expect(debugged.customSections == [".debug_info", "name", ".swift_ast"])
      #expect(debugged.customSection(".debug_info") == [2])
      // Debug information counts from the beginning of the code.
      #expect(debugged.exports == module.exports)
    }
    let manifest = try String(contentsOf: folder.file("pkg/package.json"), encoding: .utf8)
    #expect(manifest.contains("\"my-app.debug.wasm\""))
  }

  @Test func namesOfFunctions() throws {
    var (threaded, single) = modules()
    threaded.customSections = [("name", TestModule.names([(0, "log"), (2, "$s1a")]))]
    single.customSections = [("name", TestModule.names([(1, "$s1\"b")]))]
    try build(threaded, single, readableNames: ["$s1a": "a<A>(_:)"])
    let script = try String(contentsOf: folder.file("pkg/symbols.js"), encoding: .utf8)
    #expect(script.contains(#"export default {"threaded":["log","","a<A>(_:)"],"single":["","$s1\"b"]};"#))
    #expect(
      try PackageBuilder.functionNames(in: [folder.file("threads/App.wasm"), folder.file("single/App.wasm")]) == ["$s1\"b", "$s1a", "log"])
  }

  @Test func aProgramWithoutExports() throws {
    let (threaded, single) = modules(exports: ["main"])
    try build(threaded, single)
    #expect(try String(contentsOf: folder.file("pkg/index.js"), encoding: .utf8).contains("const functions = [\n];"))
    #expect(try String(contentsOf: folder.file("pkg/index.d.ts"), encoding: .utf8).contains("export interface Exports {\n}"))
  }

  @Test func functionsOfOneModuleOnly() throws {
    let (threaded, single) = modules(
      exports: [Self.descriptor(name: "both"), Self.descriptor(name: "a"), Self.descriptor(name: "b")],
      single: [Self.descriptor(name: "both"), Self.descriptor(name: "c")])
    #expect(
      try failure(threaded, single) == """
        only the threaded module exports 'a', 'b' and only the single-threaded module exports 'c'; a page may get either module, \
        so take '@JS' functions out of '#if'
        """)
  }

  @Test func functionsOfTheSingleModuleOnly() throws {
    let (threaded, single) = modules(exports: [], single: [Self.descriptor(name: "c")])
    #expect(try failure(threaded, single).hasPrefix("only the single-threaded module exports 'c'; a page may"))
  }

  @Test func functionsThatDiffer() throws {
    let (threaded, single) = modules(exports: [Self.descriptor(name: "f")], single: [Self.descriptor(name: "f", result: "Int")])
    #expect(try failure(threaded, single).hasPrefix("'f' takes or returns different types in the threaded and in the single"))
  }

  @Test func functionsThatDifferInTheirDocumentation() throws {
    let (threaded, single) = modules(exports: [Self.descriptor(name: "f")], single: [Self.descriptor(name: "f", doc: "One.")])
    try build(threaded, single)
    #expect(try exportNames(of: "my-app.single.wasm") == ["f0"])
  }

  @Test func functionsOfOneName() throws {
    let (threaded, single) = modules(exports: [Self.descriptor(name: "f"), Self.descriptor(name: "f", result: "Int")])
    #expect(try failure(threaded, single) == "two declarations are exported to JavaScript as 'f'; rename one of them")
  }

  @Test(arguments: [
    ("delete", "is a reserved word in JavaScript"), ("then", "is a member of the app that 'init()' returns"),
    ("threads", "is a member of the app that 'init()' returns"),
  ])
  func reservedNames(_ name: String, _ reason: String) throws {
    let (threaded, single) = modules(exports: [Self.descriptor(name: name)])
    #expect(try failure(threaded, single) == "the exported '\(name)' needs another name, because '\(name)' \(reason)")
  }

  @Test func memories() throws {
    let plain = TestModule(exports: [], memory: TestModule.plainMemory)
    let shared = TestModule(exports: [], memory: TestModule.sharedMemory)
    let none = TestModule(exports: [], memory: nil)
    #expect(try failure(plain, plain).hasPrefix("the threaded module does not import a shared memory"))
    #expect(try failure(none, plain).hasPrefix("the threaded module does not import a shared memory"))
    #expect(try failure(shared, shared).hasPrefix("the single-threaded module imports a shared memory"))
    try build(shared, none)
    #expect(try String(contentsOf: folder.file("pkg/index.js"), encoding: .utf8).contains("{ initial: 17, maximum: 16384 }"))
  }

  @Test func unreadableModules() throws {
    let (threaded, single) = modules()
    try build(threaded, single)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.file("pkg").path).sorted()
    let builder = PackageBuilder(product: "My App", configuration: .release, runtimeFolder: folder.file("JavaScript"))
    func message(_ threaded: URL) throws -> String {
      let error = #expect(throws: PackagingError.self) {
        try builder.write(threaded: threaded, single: folder.file("single/App.wasm"), to: folder.file("pkg"))
      }
      return "\(try #require(error))"
    }
    #expect(try message(folder.file("none.wasm")).hasPrefix("cannot read the wasm module '\(folder.file("none.wasm").path)'"))
    let cut = try folder.write(Data(threaded.bytes.dropLast()), to: "cut.wasm")
    #expect(try message(cut).contains("cut.wasm': the wasm module ends at byte \(threaded.bytes.count - 1)"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("pkg").path).sorted() == before)
  }

  @Test func aRuntimeThatLacksFiles() throws {
    try FileManager.default.removeItem(at: folder.file("JavaScript/worker.js"))
    let (threaded, single) = modules()
    #expect(try failure(threaded, single).hasPrefix("weft's JavaScript runtime is not in"))
  }

  @Test func onlyAFolderOfWeftIsReplaced() throws {
    let (threaded, single) = modules()
    try folder.write("import x from \"y\";\n", to: "pkg/index.js")
    #expect(try failure(threaded, single).contains("was not written by weft"))
    try FileManager.default.removeItem(at: folder.file("pkg"))
    try build(threaded, single)
    try build(threaded, single, product: "Other")
    #expect(FileManager.default.fileExists(atPath: folder.file("pkg/other.wasm").path))
    #expect(!FileManager.default.fileExists(atPath: folder.file("pkg/my-app.wasm").path))
  }
}
