/// The two modules of one program, checked to be the same to JavaScript, with the descriptions taken out of their exports' names.
struct AppModules {
  /// Sorted by name.
  let functions: [ExportedFunction]
  /// The wasm export of each of `functions`.
  let exportNames: [String]
  /// A memory with these limits suits both modules.
  let memory: (initial: UInt64, maximum: UInt64)
  let threaded: WasmModule
  let single: WasmModule

  init(threaded: WasmModule, single: WasmModule) throws(PackagingError) {
    memory = try Self.memory(threaded: threaded, single: single)
    let functions = try Self.functions(of: threaded)
    try Self.check(functions, against: Self.functions(of: single))
    self.functions = functions.values.sorted { $0.name < $1.name }

    // The descriptions need not travel to the page, where index.js has what is needed of them.
    let taken = Set((threaded.exports + single.exports).map(\.name))
    let free = (0...).lazy.map { "f\($0)" }.filter { !taken.contains($0) }
    exportNames = Array(free.prefix(functions.count))
    let short = Dictionary(uniqueKeysWithValues: zip(self.functions.map(\.name), exportNames))
    self.threaded = try Self.renaming(threaded, to: short)
    self.single = try Self.renaming(single, to: short)
  }

  private static func memory(threaded: WasmModule, single: WasmModule) throws(PackagingError) -> (UInt64, UInt64) {
    guard let shared = threaded.importedMemory, shared.isShared, let maximum = shared.maximum else {
      throw .threadedWithoutSharedMemory
    }
    guard let plain = single.importedMemory else { return (shared.initial, maximum) }
    if plain.isShared { throw .singleWithSharedMemory }
    return (max(shared.initial, plain.initial), min(maximum, plain.maximum ?? maximum))
  }

  private static func functions(of module: WasmModule) throws(PackagingError) -> [String: ExportedFunction] {
    var functions: [String: ExportedFunction] = [:]
    for export in module.exports {
      guard let function = try ExportedFunction(exportName: export.name) else { continue }
      if let reason = ReservedNames.reason(against: function.name) { throw .reservedName(function.name, reason: reason) }
      guard functions.updateValue(function, forKey: function.name) == nil else { throw .duplicateFunction(function.name) }
    }
    return functions
  }

  private static func check(_ threaded: [String: ExportedFunction], against single: [String: ExportedFunction]) throws(PackagingError) {
    let onlyThreaded = threaded.keys.filter { single[$0] == nil }.sorted()
    let onlySingle = single.keys.filter { threaded[$0] == nil }.sorted()
    guard onlyThreaded.isEmpty, onlySingle.isEmpty else {
      throw .differentFunctions(onlyThreaded: onlyThreaded, onlySingle: onlySingle)
    }
    let differing = threaded.values.filter { function in single[function.name].map { !$0.hasSameSignature(as: function) } ?? true }
    if let name = differing.map(\.name).min() { throw .differentSignature(name) }
  }

  private static func renaming(_ module: WasmModule, to short: [String: String]) throws(PackagingError) -> WasmModule {
    var names: [String: String] = [:]
    for export in module.exports {
      if let function = try ExportedFunction(exportName: export.name) { names[export.name] = short[function.name] }
    }
    var module = module
    module.renameExports { names[$0] ?? $0 }
    return module
  }
}

extension WasmModule {
  fileprivate var importedMemory: WasmMemory? {
    for case .memory(let memory) in imports.map(\.kind) { return memory }
    return nil
  }
}
