import SwiftSyntax
import SwiftSyntaxBuilder

/// The function that the module exports for a declaration. It takes the number of a thunk and returns its index in the function
/// table; for a declaration without code it returns 0, and only its name counts.
struct Export {
  let name: String
  let descriptor: Descriptor
  let thunks: [Thunk]

  /// The export stays internal even for a private function: the optimiser drops a private export, and the body may call the
  /// function in any case, as an expansion belongs to its file.
  var declaration: DeclSyntax {
    let symbol = "__weft_js_\(name)"
    return """
      #if arch(wasm32) || arch(wasm64)
        @_expose(wasm, "\(raw: descriptor.encoded)") @_cdecl("\(raw: symbol)")
        func \(raw: symbol)(\(raw: thunks.count > 1 ? "_ __weft_thunk: Int32" : "")) -> Int32 {
      \(raw: body.map { "    \($0)" }.joined(separator: "\n"))
        }
      #endif
      """
  }

  private var body: [String] {
    let closures = thunks.map(\.closure)
    switch closures.count {
    case 0: return ["0"]
    case 1: return ["_thunkIndex \(closures[0][0])"] + closures[0].dropFirst()
    default:
      var lines = ["switch __weft_thunk {"]
      for (index, closure) in closures.enumerated() {
        lines.append(index == closures.count - 1 ? "default:" : "case \(index):")
        lines.append("  _thunkIndex \(closure[0])")
        lines += closure.dropFirst().map { "  " + $0 }
      }
      return lines + ["}"]
    }
  }
}
