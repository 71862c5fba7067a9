import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@JS`: exports a top-level function to JavaScript.
///
/// The expansion is a wasm export without parameters that returns the function-table index of a *thunk*. The thunk takes the
/// address of a frame of 16-byte slots, reads the arguments from it, calls the function and leaves the result in the first slot.
/// The export's name carries a description of the function, from which `weft build` writes the JavaScript and the TypeScript
/// declarations; see `FunctionDescriptor`.
public struct JSMacro: PeerMacro {
  /// Expands `@JS` beside the function that carries it, or diagnoses why it cannot be exported.
  public static func expansion(
    of node: AttributeSyntax,
    providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    guard let function = declaration.as(FunctionDeclSyntax.self) else {
      context.diagnose(Diagnostic(node: node, message: JSDiagnostic.notAFunction))
      return []
    }
    var problems: [Diagnostic] = []
    if !context.lexicalContext.isEmpty {
      problems.append(Diagnostic(node: node, message: JSDiagnostic.notTopLevel))
    }
    let signature = JSSignature(of: function, problems: &problems)
    guard problems.isEmpty else {
      problems.forEach(context.diagnose)
      return []
    }
    return [export(of: signature, calling: function)]
  }

  /// The export stays internal even for a private function: the optimiser drops a private export, and the body may call the
  /// function in any case, as an expansion belongs to its file.
  private static func export(of signature: JSSignature, calling function: FunctionDeclSyntax) -> DeclSyntax {
    let symbol = "__weft_js_\(signature.name)"
    let body = thunkBody(of: signature, calling: function.name.text).map { "      \($0)" }.joined(separator: "\n")
    let frame = signature.parameters.isEmpty && signature.result == "Void" ? "_" : "__weft_frame"
    return """
      #if arch(wasm32)
        @_expose(wasm, "\(raw: FunctionDescriptor.exportName(of: signature, doc: DocumentationComment.text(of: function)))") @_cdecl("\(raw: symbol)")
        func \(raw: symbol)() -> Int {
          let __weft_thunk: @convention(c) (UnsafeMutableRawPointer) -> Void = { \(raw: frame) in
      \(raw: body)
          }
          return unsafeBitCast(__weft_thunk, to: Int.self)
        }
      #endif
      """
  }

  private static func thunkBody(of signature: JSSignature, calling callee: String) -> [String] {
    var before: [String] = []
    var after: [String] = []
    var arguments: [String] = []
    for (index, parameter) in signature.parameters.enumerated() {
      let slot = index == 0 ? "__weft_frame" : "__weft_frame + \(16 * index)"
      let label = parameter.label.map { "\($0): " } ?? ""
      let read = "\(parameter.type)._fromJS(\(slot))"
      if parameter.isInout {
        before.append("var __weft_\(index) = \(read)")
        arguments.append("\(label)&__weft_\(index)")
        after.append("__weft_\(index)._toJS(\(slot))")
      } else if signature.hasInout {
        // Read before the call as well: all slots are read from left to right.
        before.append("let __weft_\(index) = \(read)")
        arguments.append("\(label)__weft_\(index)")
      } else {
        arguments.append(label + read)
      }
    }
    let call = "\(callee)(\(arguments.joined(separator: ", ")))"
    guard signature.result != "Void" else { return before + [call] + after }
    return ["let __weft_result = \(call)", "__weft_result._toJS(__weft_frame)"]
  }
}
