import Foundation

/// `symbols.js`: the names of the functions of both modules, by their indices. The runtime loads it when a thread has stopped in an
/// error, and at no other time: a module of a release build carries no names.
enum SymbolScript {
  static let fileName = "symbols.js"

  static func text(threaded: WasmModule, single: WasmModule) -> String {
    """
    /** @type {{ threaded: string[], single: string[] }} */
    export default {"threaded":\(list(of: threaded)),"single":\(list(of: single))};

    """
  }

  private static func list(of module: WasmModule) -> String {
    let names = module.names?.functions ?? [:]
    let list = (0..<(names.keys.max().map { $0 + 1 } ?? 0)).map { names[$0] ?? "" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // Text can always be encoded.
    return String(decoding: (try? encoder.encode(list)) ?? Data("[]".utf8), as: UTF8.self)
  }
}
