/// Makes small wasm modules, with bytes that a linker would write and bytes that only a careful reader survives.
struct TestModule {
  struct Memory {
    var flags: UInt8
    var initial: [UInt8]
    var maximum: [UInt8] = []
  }

  /// As `wasm-ld` writes it: `--initial-memory` of 17 pages, `--max-memory` of 16384.
  static let sharedMemory = Memory(flags: 3, initial: [17], maximum: [0x80, 0x80, 0x01])
  static let plainMemory = Memory(flags: 1, initial: [18], maximum: [0x80, 0x80, 0x01])

  /// The same with addresses of 64 bits.
  static let wideSharedMemory = Memory(flags: 7, initial: [17], maximum: [0x80, 0x80, 0x10])
  static let widePlainMemory = Memory(flags: 5, initial: [18], maximum: [0x80, 0x80, 0x10])

  var exports: [String]
  /// Functions of JavaScript's.
  var imports: [String] = []
  var memory: Memory? = Self.sharedMemory
  var customSections: [(name: String, contents: [UInt8])] = []

  static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
  /// One function type, () -> i32.
  static let types = section(1, [1, 0x60, 0, 1, 0x7F])
  /// Its size is padded to five bytes, as linkers do.
  static let code: [UInt8] = [10, 0x86, 0x80, 0x80, 0x80, 0x00, 1, 4, 0, 0x41, 7, 0x0B]

  var bytes: [UInt8] {
    var imports: [[UInt8]] = [Self.name("env") + Self.name("log") + [0, 0], Self.name("env") + Self.name("base") + [3, 0x7F, 0]]
    imports += self.imports.map { Self.name("weft:js") + Self.name($0) + [0, 0] }
    if let memory { imports.append(Self.name("env") + Self.name("memory") + [2, memory.flags] + memory.initial + memory.maximum) }
    var bytes = Self.header + Self.types
    bytes += Self.section(2, [UInt8(imports.count)] + imports.flatMap(\.self))
    bytes += Self.section(3, [1, 0])
    bytes += Self.exportSection(exports)
    bytes += Self.code
    for (name, contents) in customSections { bytes += Self.section(0, Self.name(name) + contents) }
    return bytes
  }

  static func exportSection(_ names: [String]) -> [UInt8] {
    section(7, [UInt8(names.count)] + names.flatMap { name($0) + [0, 1] })
  }

  /// The contents of the section `name`: the module's name, those of functions, and no names of locals.
  static func names(_ functions: [(index: UInt8, name: String)]) -> [UInt8] {
    let functions = [UInt8(functions.count)] + functions.flatMap { [$0.index] + name($0.name) }
    return [0, 2] + name("m") + [1] + size(functions.count) + functions + [2, 1, 0]
  }

  static func section(_ id: UInt8, _ contents: [UInt8]) -> [UInt8] { [id] + size(contents.count) + contents }

  static func name(_ name: String) -> [UInt8] { size(name.utf8.count) + Array(name.utf8) }

  /// LEB128, for less than 2^14.
  private static func size(_ count: Int) -> [UInt8] {
    count < 0x80 ? [UInt8(count)] : [UInt8(count & 0x7F) | 0x80, UInt8(count >> 7)]
  }
}
