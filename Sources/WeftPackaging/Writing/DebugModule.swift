/// The file beside a module that holds its debug information: pages do not load it, debuggers do. It is the module itself, because
/// debug information speaks of places in the code, with the sections that the page's copy lacks.
enum DebugModule {
  /// `app.debug.wasm` for `app.wasm`.
  static func name(for file: String) -> String { "\(file.dropLast(".wasm".count)).debug.wasm" }

  /// Tells debuggers which file to look at, by the address from the module's own on.
  static func refer(from module: inout WasmModule, called file: String) {
    module.setCustomSection("external_debug_info", to: WasmWriter.name(name(for: file)))
  }
}
