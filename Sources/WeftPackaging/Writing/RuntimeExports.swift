/// What the runtime's scripts call in the modules, under names that are long to read and short to load.
struct RuntimeExports {
  private var short: [String: String] = [:]

  /// The runtime's exports begin so; the others are the linker's.
  private static var name: Regex<Substring> { /weft_[a-z_]+|__stack_pointer|__wasm_init_tls|__indirect_function_table/ }

  /// Gives a short name to each export that `scripts` mention.
  init(of scripts: some Sequence<String>) {
    let names = Set(scripts.flatMap { $0.matches(of: Self.name).map { String($0.output) } })
    // A program's own are `f0`, `d0` and so on.
    for (index, name) in names.sorted().enumerated() { short[name] = "w\(String(index, radix: 36))" }
  }

  func shortened(_ script: String) -> String {
    script.replacing(Self.name) { match in short[String(match.output)] ?? String(match.output) }
  }

  /// The module with these names.
  func shortened(_ module: WasmModule) -> WasmModule {
    var module = module
    module.renameExports { short[$0] ?? $0 }
    return module
  }
}
