/// One export of a wasm module.
public struct WasmExport: Sendable, Equatable {
  /// The name by which JavaScript finds it.
  public let name: String
  /// What is exported: 0 a function, 1 a table, 2 a memory, 3 a global, 4 a tag.
  public let kind: UInt8
  /// Which of its kind.
  public let index: Int

  static func readAll(_ reader: inout WasmReader) throws(WasmError) -> [WasmExport] {
    var exports: [WasmExport] = []
    for _ in 0..<(try reader.count("the number of exports")) {
      exports.append(
        WasmExport(
          name: try reader.name("the name of an export"),
          kind: try reader.byte("the kind of an export"),
          index: try reader.count("the index of an export")))
    }
    return exports
  }

  var encoded: [UInt8] { WasmWriter.name(name) + [kind] + WasmWriter.unsigned(index) }
}
