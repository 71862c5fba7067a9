/// The two modules of one program, checked to be the same to JavaScript, with the descriptions taken out of their exports' and imports'
/// names.
struct AppModules {
  /// Sorted by name.
  let declarations: [ExportedDeclaration]
  /// The wasm exports of those of `declarations` that have code.
  let exportNames: [String: String]
  /// The wasm exports of functions that take their arguments themselves.
  let directNames: [String: String]
  /// Sorted by the names in the modules.
  let imports: [ImportedDeclaration]
  /// Whether the program has isolated workers.
  let usesWorkers: Bool
  /// A memory with these limits suits both modules.
  let memory: (initial: UInt64, maximum: UInt64)
  /// Whether addresses have 64 bits, in both modules.
  let hasWideAddresses: Bool
  let threaded: WasmModule
  let single: WasmModule

  /// Checks two modules, or one that stands for both where it is known which of them is run.
  init(threaded: WasmModule, single: WasmModule, isOneModule: Bool = false) throws(PackagingError) {
    let (initial, maximum): (UInt64, UInt64)
    if isOneModule, let only = threaded.importedMemory {
      (initial, maximum) = (only.initial, only.maximum ?? 65536)
    } else {
      (initial, maximum) = try Self.memory(threaded: threaded, single: single)
    }
    hasWideAddresses = threaded.importedMemory?.hasWideAddresses ?? false
    // Without the last page: where it ends is no address of 32 bits.
    memory = (initial, hasWideAddresses ? maximum : min(maximum, 65535))
    let declarations = try Self.declarations(of: threaded)
    try Self.check(declarations, against: Self.declarations(of: single))
    try DeclarationCheck(declarations).run()
    self.declarations = declarations.values.sorted { $0.name < $1.name }

    // The descriptions need not travel to the page, where index.js has what is needed of them.
    let taken = Set((threaded.exports + single.exports).map(\.name))
    func shortened(_ names: [String], _ letter: Character) -> [String: String] {
      Dictionary(uniqueKeysWithValues: zip(names, (0...).lazy.map { "\(letter)\($0)" }.filter { !taken.contains($0) }))
    }
    exportNames = shortened(self.declarations.filter { !$0.functions.isEmpty || $0.isClass }.map(\.name), "f")
    let direct = threaded.exports.map(\.name).filter { $0.hasPrefix(Self.directPrefix) }.map {
      String($0.dropFirst(Self.directPrefix.count))
    }
    directNames = shortened(direct.sorted(), "d")

    usesWorkers = threaded.imports.contains { $0.module == ImportedDeclaration.module && $0.name == "weft.workers" }
    let importNames = Set((threaded.imports + single.imports).filter { $0.module == ImportedDeclaration.module }.map(\.name)).sorted()
    var imports: [ImportedDeclaration] = []
    var numbers: [String: String] = [:]
    var next = 0
    for name in importNames {
      guard let declaration: ImportedDeclaration = try ExportedDeclaration.decode(name) else { continue }
      numbers[name] = "\(next)"
      next += declaration.members.count
      imports.append(declaration)
    }
    self.imports = imports
    self.threaded = try Self.renaming(threaded, exports: exportNames, direct: directNames, imports: numbers)
    self.single = try Self.renaming(single, exports: exportNames, direct: directNames, imports: numbers)
  }

  private static let directPrefix = "weft.direct:"

  private static func memory(threaded: WasmModule, single: WasmModule) throws(PackagingError) -> (UInt64, UInt64) {
    guard let shared = threaded.importedMemory, shared.isShared, let maximum = shared.maximum else {
      throw .threadedWithoutSharedMemory
    }
    guard let plain = single.importedMemory else { return (shared.initial, maximum) }
    if plain.isShared { throw .singleWithSharedMemory }
    if plain.hasWideAddresses != shared.hasWideAddresses { throw .differentAddresses }
    return (max(shared.initial, plain.initial), min(maximum, plain.maximum ?? maximum))
  }

  private static func declarations(of module: WasmModule) throws(PackagingError) -> [String: ExportedDeclaration] {
    var declarations: [String: ExportedDeclaration] = [:]
    for export in module.exports {
      guard let declaration = try ExportedDeclaration(exportName: export.name) else { continue }
      if let reason = ReservedNames.reason(against: declaration.name) { throw .reservedName(declaration.name, reason: reason) }
      guard declarations.updateValue(declaration, forKey: declaration.name) == nil else { throw .duplicateName(declaration.name) }
    }
    return declarations
  }

  private static func check(
    _ threaded: [String: ExportedDeclaration], against single: [String: ExportedDeclaration]
  ) throws(PackagingError) {
    let onlyThreaded = threaded.keys.filter { single[$0] == nil }.sorted()
    let onlySingle = single.keys.filter { threaded[$0] == nil }.sorted()
    guard onlyThreaded.isEmpty, onlySingle.isEmpty else {
      throw .differentFunctions(onlyThreaded: onlyThreaded, onlySingle: onlySingle)
    }
    let differing = threaded.values.filter { single[$0.name]?.isSame(as: $0) != true }
    if let name = differing.map(\.name).min() { throw .differentSignature(name) }
  }

  private static func renaming(
    _ module: WasmModule, exports: [String: String], direct: [String: String], imports: [String: String]
  ) throws(PackagingError) -> WasmModule {
    var names: [String: String?] = [:]
    for export in module.exports {
      if let declaration = try ExportedDeclaration(exportName: export.name) { names[export.name] = .some(exports[declaration.name]) }
      if export.name.hasPrefix(directPrefix) { names[export.name] = direct[String(export.name.dropFirst(directPrefix.count))] }
    }
    var module = module
    // A type without code is known by its description alone.
    module.renameExports { names[$0] ?? $0 }
    module.renameImports(from: ImportedDeclaration.module) { imports[$0] ?? $0 }
    return module
  }
}

extension WasmModule {
  fileprivate var importedMemory: WasmMemory? {
    for case .memory(let memory) in imports.map(\.kind) { return memory }
    return nil
  }
}

extension ExportedDeclaration {
  fileprivate var isClass: Bool {
    if case .classType = self { true } else { false }
  }

  /// Whether both are the same to JavaScript.
  fileprivate func isSame(as other: ExportedDeclaration) -> Bool {
    guard case (.function(let one), .function(let two)) = (self, other) else { return self == other }
    return one.parameters == two.parameters && one.result == two.result && one.error == two.error
  }
}
