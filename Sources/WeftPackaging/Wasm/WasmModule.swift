/// A wasm module, seen as the sections that it is made of.
///
/// Only imports, exports and the names of custom sections are understood. Everything else, and every section that is not changed,
/// is written back as it came, byte for byte.
public struct WasmModule: Sendable {
  private struct Section {
    let id: UInt8
    /// The section as in the file, with its id and size.
    let encoded: ArraySlice<UInt8>
    let customName: String?
    /// Where what follows the name of a custom section begins in `encoded`.
    var contentsStart = 0
  }

  private static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  private var sections: [Section] = []
  /// What the module imports, in its order.
  public private(set) var imports: [WasmImport] = []
  /// What the module exports, in its order.
  public private(set) var exports: [WasmExport] = []

  /// Reads a module; nothing but its outline is checked.
  public init(_ bytes: [UInt8]) throws(WasmError) {
    guard bytes.starts(with: Self.header) else { throw .notWasm(firstBytes: Array(bytes.prefix(8))) }
    var reader = WasmReader(bytes.dropFirst(Self.header.count))
    while !reader.isAtEnd {
      let start = reader.offset
      let id = try reader.byte("a section")
      let size = try reader.count("the size of a section")
      var contents = WasmReader(try reader.take(size, "the rest of a section of \(size) bytes"))
      var customName: String?
      switch SectionID(rawValue: id) {
      case .custom: customName = try contents.name("the name of a custom section")
      case .imports: imports = try WasmImport.readAll(&contents)
      case .exports: exports = try WasmExport.readAll(&contents)
      case nil: break
      }
      sections.append(
        Section(id: id, encoded: bytes[start..<reader.offset], customName: customName, contentsStart: contents.offset))
    }
  }

  /// The names of the custom sections, in their order.
  public var customSections: [String] { sections.compactMap(\.customName) }

  /// Gives every export the name that `rename` returns for it, and removes those for which that is nil.
  public mutating func renameExports(_ rename: (String) -> String?) {
    exports = exports.compactMap { export in
      rename(export.name).map { WasmExport(name: $0, kind: export.kind, index: export.index) }
    }
    replace(.exports, with: WasmWriter.unsigned(exports.count) + exports.flatMap(\.encoded))
  }

  /// Gives every import from `module` the name that `rename` returns for it.
  public mutating func renameImports(from module: String, _ rename: (String) -> String) {
    imports = imports.map { $0.module == module ? $0.named(rename($0.name)) : $0 }
    replace(.imports, with: WasmWriter.unsigned(imports.count) + imports.flatMap(\.encoded))
  }

  private mutating func replace(_ id: SectionID, with contents: [UInt8]) {
    guard let position = sections.firstIndex(where: { $0.id == id.rawValue }) else { return }
    let encoded = [id.rawValue] + WasmWriter.unsigned(contents.count) + contents
    sections[position] = Section(id: id.rawValue, encoded: encoded[...], customName: nil)
  }

  /// Removes the custom sections whose names `shouldBeRemoved` accepts. The program does not change: these hold names of functions,
  /// debug information and the like.
  public mutating func removeCustomSections(where shouldBeRemoved: (String) -> Bool) {
    sections.removeAll { $0.customName.map(shouldBeRemoved) ?? false }
  }

  /// What a custom section holds; nil if there is none of this name.
  func customSection(_ name: String) -> ArraySlice<UInt8>? {
    sections.first { $0.customName == name }.map { $0.encoded[$0.contentsStart...] }
  }

  /// Puts a custom section in the place of the one that has its name, or else at the end.
  mutating func setCustomSection(_ name: String, to contents: [UInt8]) {
    let named = WasmWriter.name(name) + contents
    let encoded = [SectionID.custom.rawValue] + WasmWriter.unsigned(named.count) + named
    let section = Section(
      id: SectionID.custom.rawValue, encoded: encoded[...], customName: name, contentsStart: encoded.count - contents.count)
    if let position = sections.firstIndex(where: { $0.customName == name }) {
      sections[position] = section
    } else {
      sections.append(section)
    }
  }

  /// The names of functions that the module carries, if it does. Names that make no sense count as none, as engines have it.
  var names: WasmNames? {
    guard let contents = customSection(WasmNames.section) else { return nil }
    return try? WasmNames(contents)
  }

  /// The module in the binary format.
  public var bytes: [UInt8] {
    var bytes = Self.header
    bytes.reserveCapacity(sections.reduce(bytes.count) { $0 + $1.encoded.count })
    for section in sections { bytes += section.encoded }
    return bytes
  }

  private enum SectionID: UInt8 {
    case custom = 0
    case imports = 2
    case exports = 7
  }
}
