/// The section `name` of a module: what a function is called, for whoever reads a stack or steps through the program.
struct WasmNames {
  static let section = "name"

  /// A part of the section, by the number of its kind, as it came.
  private struct Part {
    let kind: UInt8
    let contents: ArraySlice<UInt8>
  }

  private static let moduleKind: UInt8 = 0
  private static let functionsKind: UInt8 = 1

  private var parts: [Part] = []
  /// The names by the functions' indices, in which imported functions come first.
  private(set) var functions: [Int: String] = [:]

  /// Reads the contents of the section.
  init(_ contents: ArraySlice<UInt8>) throws(WasmError) {
    var reader = WasmReader(contents)
    while !reader.isAtEnd {
      let kind = try reader.byte("the kind of some names")
      let part = Part(kind: kind, contents: try reader.take(try reader.count("the size of some names"), "some names"))
      parts.append(part)
      guard kind == Self.functionsKind else { continue }
      var names = WasmReader(part.contents)
      for _ in 0..<(try names.count("the number of named functions")) {
        let index = try names.count("the index of a function")
        functions[index] = try names.name("the name of a function")
      }
    }
  }

  /// Gives every function the name that `rename` returns for it.
  mutating func renameFunctions(_ rename: (String) -> String) {
    functions = functions.mapValues(rename)
    let names = functions.sorted { $0.key < $1.key }.flatMap { WasmWriter.unsigned($0.key) + WasmWriter.name($0.value) }
    let contents = WasmWriter.unsigned(functions.count) + names
    parts = parts.map { $0.kind == Self.functionsKind ? Part(kind: $0.kind, contents: contents[...]) : $0 }
  }

  /// Drops the name of the module itself, which V8 would write before that of each function in a stack.
  mutating func removeModuleName() { parts.removeAll { $0.kind == Self.moduleKind } }

  /// The contents of the section.
  var contents: [UInt8] { parts.flatMap { [$0.kind] + WasmWriter.unsigned($0.contents.count) + $0.contents } }
}
