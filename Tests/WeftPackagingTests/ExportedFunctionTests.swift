import Testing

@testable import WeftPackaging

@Suite struct ExportedFunctionTests {
  @Test(arguments: [
    ("Void", BridgedType.void), ("Bool", .bool), ("String", .string), ("JSValue", .value), ("Cancellation", .control),
    ("JSSharedMemory", .sharedMemory), ("Point", .named("Point")),
    ("[UInt64]", .array(.number(.uint64))), ("SharedBuffer<Float>", .sharedBuffer(.float)),
    ("[[Int]?]", .array(.optional(.array(.number(.int))))),
    ("[String: [Bool]]", .dictionary(.array(.bool))),
    ("(Int, String)", .tuple([.init(label: nil, type: .number(.int)), .init(label: nil, type: .string)])),
    ("(a: Int, b: [Int])", .tuple([.init(label: "a", type: .number(.int)), .init(label: "b", type: .array(.number(.int)))])),
    ("(Int, Point) throws(JSError) -> Bool", .function([.number(.int), .named("Point")], result: .bool)),
    ("(() -> Void)?", .optional(.function([], result: .void))),
  ])
  func types(_ spelling: String, _ type: BridgedType) {
    #expect(BridgedType(spelling: spelling) == type)
  }

  @Test(arguments: [
    "", "[Int", "[Int: String]", "SharedBuffer<String>", "SharedBuffer<>", "(Int", "Int -> Int", "[String: ]", "Int!", "A.B",
  ])
  func unknownTypes(_ spelling: String) {
    #expect(BridgedType(spelling: spelling) == nil)
  }

  @Test func descriptors() throws {
    let name = """
      weft:{%22name%22:%22scale%22,%22doc%22:%22Says %5C%22hi%5C%22, %5C%5C%5Cn100 %25 %F0%9F%A6%8A%22,%22parameters%22:\
      [{%22name%22:%22data%22,%22type%22:%22[Double]%22,%22inout%22:true},{%22name%22:%22k%22,%22type%22:%22Int%22}],%22result%22:%22Void%22}
      """
    guard case .function(let function) = try ExportedDeclaration(exportName: name) else { return #expect(Bool(false)) }
    #expect(function.name == "scale")
    #expect(function.doc == "Says \"hi\", \\\n100 % 🦊")
    #expect(function.parameters.map(\.name) == ["data", "k"])
    #expect(function.parameters.map(\.type) == [.array(.number(.double)), .number(.int)])
    #expect(function.parameters.map(\.isInout) == [true, false])
    #expect(function.result == .void)
  }

  @Test func otherExportsAreNotDescriptors() throws {
    #expect(try ExportedDeclaration(exportName: "weft_allocate") == nil)
    #expect(try ExportedDeclaration(exportName: "memory") == nil)
  }

  @Test(arguments: [
    "weft:", "weft:{}", "weft:%ZZ", #"weft:{"name":"f","parameters":[],"result":"A.Pixel"}"#, #"weft:{"kind":"tree","name":"f"}"#,
  ])
  func brokenDescriptors(_ name: String) throws {
    let error = #expect(throws: PackagingError.self) { try ExportedDeclaration(exportName: name) }
    let message = "\(try #require(error))"
    #expect(message.contains("the export '\(name)' describes nothing that weft knows"))
    if name.contains("Pixel") { #expect(message.contains("'A.Pixel' does not cross to JavaScript")) }
  }

  @Test func parametersOfTheDeclarations() {
    #expect(ReservedNames.parameterName("data", after: []) == "data")
    #expect(ReservedNames.parameterName("delete", after: []) == "delete_")
    #expect(ReservedNames.parameterName("in", after: ["in_"]) == "in__")
    #expect(ReservedNames.parameterName("x", after: ["x"]) == "x_")
  }
}
