/// One import of a wasm module.
public struct WasmImport: Sendable, Equatable {
  /// What is imported.
  public enum Kind: Sendable, Equatable {
    /// A function.
    case function
    /// A table of functions or references.
    case table
    /// A memory, with the limits that the one given must keep.
    case memory(WasmMemory)
    /// A global variable.
    case global
    /// An exception tag.
    case tag
  }

  /// The first part of its name.
  public let module: String
  /// The second part of its name.
  public let name: String
  /// What is imported.
  public let kind: Kind
  /// How `kind` stands in the module.
  let encodedKind: ArraySlice<UInt8>

  var encoded: [UInt8] { WasmWriter.name(module) + WasmWriter.name(name) + encodedKind }

  func named(_ name: String) -> WasmImport { WasmImport(module: module, name: name, kind: kind, encodedKind: encodedKind) }

  static func readAll(_ reader: inout WasmReader) throws(WasmError) -> [WasmImport] {
    var imports: [WasmImport] = []
    for _ in 0..<(try reader.count("the number of imports")) {
      let module = try reader.name("the module of an import")
      let name = try reader.name("the name of an import")
      let before = reader
      let kind = try readKind(&reader)
      imports.append(WasmImport(module: module, name: name, kind: kind, encodedKind: before.bytes(until: reader)))
    }
    return imports
  }

  private static func readKind(_ reader: inout WasmReader) throws(WasmError) -> Kind {
    let start = reader.offset
    switch try reader.byte("the kind of an import") {
    case 0:
      _ = try reader.count("the type of an imported function")
      return .function
    case 1:
      try skipValueType(&reader)
      _ = try WasmMemory.read(&reader)
      return .table
    case 2:
      return .memory(try WasmMemory.read(&reader))
    case 3:
      try skipValueType(&reader)
      _ = try reader.byte("the mutability of an imported global")
      return .global
    case 4:
      _ = try reader.byte("the attribute of an imported tag")
      _ = try reader.count("the type of an imported tag")
      return .tag
    default:
      throw .malformed(offset: start, expected: "the kind of an import, 0 to 4")
    }
  }

  /// A value type is one byte, except for references to heap types.
  private static func skipValueType(_ reader: inout WasmReader) throws(WasmError) {
    if [0x63, 0x64].contains(try reader.byte("a value type")) { try reader.skipSigned("a heap type") }
  }
}
