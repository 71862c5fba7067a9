import SwiftSyntax
import SwiftSyntaxBuilder

/// A second export of a function that takes and returns only numbers and `Bool`: JavaScript calls it with its arguments, where the call
/// need not wait.
struct DirectExport {
  let signature: JSSignature
  let callee: String

  /// Nil if the function needs more than that.
  init?(_ signature: JSSignature, callee: String) {
    guard signature.error == nil, signature.result.isVoid || signature.result.isScalar,
      signature.parameters.allSatisfy({ $0.type.isScalar && !$0.isInout && $0.defaultValue == nil })
    else { return nil }
    self.signature = signature
    self.callee = callee
  }

  var declaration: DeclSyntax {
    let symbol = "__weft_direct_\(signature.name)"
    var parameters: [String] = []
    var arguments: [String] = []
    for (index, parameter) in signature.parameters.enumerated() {
      guard let direct = parameter.type.direct else { continue }
      parameters.append("_ __weft_\(index): \(direct.type)")
      arguments.append("\(parameter.label.map { "\($0): " } ?? "")\(direct.toSwift("__weft_\(index)"))")
    }
    let call = "\(callee)(\(arguments.joined(separator: ", ")))"
    let result = signature.result.direct
    return """
      #if arch(wasm32) || arch(wasm64)
        @_expose(wasm, "weft.direct:\(raw: signature.name)") @_cdecl("\(raw: symbol)")
        func \(raw: symbol)(\(raw: parameters.joined(separator: ", ")))\(raw: result.map { " -> \($0.type)" } ?? "") { \(raw: result?.fromSwift(call) ?? call) }
      #endif
      """
  }
}
