import Testing

@testable import WeftPackaging

@Suite struct WasmModuleTests {
  private let debugSections: [(name: String, contents: [UInt8])] = [
    ("name", [0, 2, 1, 0x41]), (".debug_info", [1, 2, 3]), ("producers", []), ("target_features", [0]), ("mine", [9]),
  ]

  @Test func importsAndExports() throws {
    let module = try WasmModule(TestModule(exports: ["a", "é"]).bytes)
    #expect(module.exports == [WasmExport(name: "a", kind: 0, index: 1), WasmExport(name: "é", kind: 0, index: 1)])
    #expect(module.imports.map(\.module) == ["env", "env", "env"])
    #expect(module.imports.map(\.name) == ["log", "base", "memory"])
    #expect(module.imports.map(\.kind) == [.function, .global, .memory(WasmMemory(initial: 17, maximum: 16384, isShared: true))])
  }

  @Test func everyKindOfImport() throws {
    let imports: [[UInt8]] = [
      [1, 0x70, 0, 3],  // A table of functions without a maximum.
      [1, 0x63, 0xF0, 0x00, 1, 3, 4],  // A table of nullable references to a heap type in two bytes.
      [2, 0, 1],
      [2, 7, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],  // A shared 64-bit memory of up to 2^35 pages.
      [4, 0, 0],
    ]
    let section = TestModule.section(2, [UInt8(imports.count)] + imports.flatMap { TestModule.name("m") + TestModule.name("n") + $0 })
    let kinds = try WasmModule(TestModule.header + section).imports.map(\.kind)
    #expect(
      kinds == [
        .table, .table, .memory(WasmMemory(initial: 1, maximum: nil, isShared: false)),
        .memory(WasmMemory(initial: 1, maximum: 1 << 35, isShared: true, hasWideAddresses: true)), .tag,
      ])
  }

  @Test func anUntouchedModuleStaysByteForByte() throws {
    let bytes = TestModule(exports: ["a", "b"], customSections: debugSections).bytes
    #expect(try WasmModule(bytes).bytes == bytes)
  }

  @Test func renamingImportsTouchesOnlyThose() throws {
    var module = try WasmModule(TestModule(exports: ["a"], imports: ["long", "other"], customSections: debugSections).bytes)
    module.renameImports(from: "weft:js") { $0 == "long" ? "0" : $0 }
    #expect(module.bytes == TestModule(exports: ["a"], imports: ["0", "other"], customSections: debugSections).bytes)
    module.renameImports(from: "env") { "\($0)!" }
    #expect(module.imports.map(\.name) == ["log!", "base!", "0", "other", "memory!"])
  }

  @Test func renamingTouchesOnlyTheExports() throws {
    let test = TestModule(exports: ["keep", "weft:long", "drop"], customSections: debugSections)
    var module = try WasmModule(test.bytes)
    module.renameExports { $0 == "drop" ? nil : $0 == "weft:long" ? "f0" : $0 }
    #expect(module.exports.map(\.name) == ["keep", "f0"])
    #expect(module.bytes == TestModule(exports: ["keep", "f0"], customSections: debugSections).bytes)
  }

  @Test func longNamesNeedLongSizes() throws {
    let long = String(repeating: "x", count: 300)
    var module = try WasmModule(TestModule(exports: ["a"]).bytes)
    module.renameExports { _ in long }
    #expect(module.bytes == TestModule(exports: [long]).bytes)
    #expect(try WasmModule(module.bytes).exports.map(\.name) == [long])
  }

  @Test func customSectionsAreDroppedByName() throws {
    var module = try WasmModule(TestModule(exports: ["a"], customSections: debugSections).bytes)
    #expect(module.customSections == ["name", ".debug_info", "producers", "target_features", "mine"])
    module.removeCustomSections { $0 != "mine" }
    #expect(module.bytes == TestModule(exports: ["a"], customSections: [("mine", [9])]).bytes)
  }

  @Test func customSectionsAreReplacedOrAppended() throws {
    var module = try WasmModule(TestModule(exports: ["a"], customSections: debugSections).bytes)
    #expect(module.customSection(".debug_info") == [1, 2, 3])
    #expect(module.customSection("nothing") == nil)
    module.setCustomSection(".debug_info", to: [7])
    module.setCustomSection("new", to: [8])
    #expect(module.customSection(".debug_info") == [7])
    var sections = debugSections
    sections[1].contents = [7]
    #expect(module.bytes == TestModule(exports: ["a"], customSections: sections + [("new", [8])]).bytes)
  }

  @Test func renamingFunctionsKeepsTheOtherNames() throws {
    let long = String(repeating: "x", count: 200)
    let before = TestModule.names([(0, "a"), (3, "b")])
    var names = try #require(try WasmModule(TestModule(exports: [], customSections: [("name", before)]).bytes).names)
    #expect(names.functions == [0: "a", 3: "b"])
    #expect(names.contents == before)
    names.renameFunctions { $0 == "a" ? long : $0 }
    #expect(names.contents == TestModule.names([(0, long), (3, "b")]))
    names.removeModuleName()
    #expect(names.contents == Array(TestModule.names([(0, long), (3, "b")]).dropFirst(4)))
  }

  @Test func namesThatMakeNoSenseAreNone() throws {
    let module = try WasmModule(TestModule(exports: [], customSections: [("name", [1, 9])]).bytes)
    #expect(module.names == nil)
    #expect(try WasmModule(TestModule(exports: []).bytes).names == nil)
  }

  @Test(arguments: [[], [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0], [0x00, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0]] as [[UInt8]])
  func otherFiles(_ bytes: [UInt8]) {
    #expect(throws: WasmError.notWasm(firstBytes: Array(bytes.prefix(8)))) { try WasmModule(bytes) }
  }

  /// Wherever a module is cut off, either that is noticed or it was cut between two sections.
  @Test func truncation() throws {
    let bytes = TestModule(exports: ["a"], customSections: debugSections).bytes
    let whole = try WasmModule(bytes)
    var noticed = 0
    for end in TestModule.header.count..<bytes.count {
      do {
        #expect(try whole.bytes.starts(with: WasmModule(Array(bytes[..<end])).bytes))
      } catch {
        guard case .truncated(let offset, _) = error else {
          Issue.record("cut at \(end): \(error)")
          continue
        }
        #expect(offset == end)
        noticed += 1
      }
    }
    let sections = 5 + debugSections.count
    #expect(noticed == bytes.count - TestModule.header.count - sections)
  }

  @Test func nonsenseIsReportedWithItsOffset() {
    let unknownImport = TestModule.section(2, [1, 0, 0, 9])
    #expect(throws: WasmError.malformed(offset: 13, expected: "the kind of an import, 0 to 4")) {
      try WasmModule(TestModule.header + unknownImport)
    }
    let endlessSize: [UInt8] = [1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    #expect(throws: WasmError.malformed(offset: 9, expected: "the size of a section")) {
      try WasmModule(TestModule.header + endlessSize)
    }
    let noText = TestModule.section(7, [1, 2, 0xC3, 0x28, 0, 0])
    #expect(throws: WasmError.malformed(offset: 12, expected: "the name of an export in UTF-8")) {
      try WasmModule(TestModule.header + noText)
    }
    #expect("\(WasmError.notWasm(firstBytes: [0x7F, 0x45]))".contains("but found 7f 45"))
  }
}
