import Testing

@testable import WeftPackaging

@Suite struct ExportedFunctionTests {
  @Test func everyTypeIsReadBack() {
    let elements = NumberType.allCases
    let types: [BridgedType] =
      [.void, .bool, .string] + elements.map(BridgedType.number) + elements.map(BridgedType.array) + elements.map(BridgedType.sharedBuffer)
    for type in types { #expect(BridgedType(spelling: type.spelling) == type) }
    #expect(BridgedType(spelling: "[UInt64]") == .array(.uint64))
    #expect(BridgedType(spelling: "SharedBuffer<Float>") == .sharedBuffer(.float))
  }

  @Test(arguments: ["", "Pixel", "Int?", "[Bool]", "[[Int]]", "[Int", "SharedBuffer<String>", "SharedBuffer<>", "int"])
  func unknownTypes(_ spelling: String) {
    #expect(BridgedType(spelling: spelling) == nil)
  }

  @Test func descriptors() throws {
    let name = """
      weft:{%22name%22:%22scale%22,%22doc%22:%22Says %5C%22hi%5C%22, %5C%5C%5Cn100 %25 %F0%9F%A6%8A%22,%22parameters%22:\
      [{%22name%22:%22data%22,%22type%22:%22[Double]%22,%22inout%22:true},{%22name%22:%22k%22,%22type%22:%22Int%22}],%22result%22:%22Void%22}
      """
    let function = try #require(try ExportedFunction(exportName: name))
    #expect(function.name == "scale")
    #expect(function.doc == "Says \"hi\", \\\n100 % 🦊")
    #expect(function.parameters.map(\.name) == ["data", "k"])
    #expect(function.parameters.map(\.type) == [.array(.double), .number(.int)])
    #expect(function.parameters.map(\.isInout) == [true, false])
    #expect(function.result == .void)
  }

  @Test func otherExportsAreNotDescriptors() throws {
    #expect(try ExportedFunction(exportName: "weft_allocate") == nil)
    #expect(try ExportedFunction(exportName: "memory") == nil)
  }

  @Test(arguments: ["weft:", "weft:{}", "weft:%ZZ", #"weft:{"name":"f","parameters":[],"result":"Pixel"}"#])
  func brokenDescriptors(_ name: String) throws {
    let error = #expect(throws: PackagingError.self) { try ExportedFunction(exportName: name) }
    let message = "\(try #require(error))"
    #expect(message.contains("the export '\(name)' does not describe a function"))
    if name.contains("Pixel") { #expect(message.contains("'Pixel' does not cross to JavaScript")) }
  }

  @Test func parametersOfTheDeclarations() {
    #expect(ReservedNames.parameterName("data", after: []) == "data")
    #expect(ReservedNames.parameterName("delete", after: []) == "delete_")
    #expect(ReservedNames.parameterName("in", after: ["in_"]) == "in__")
    #expect(ReservedNames.parameterName("x", after: ["x"]) == "x_")
  }
}
