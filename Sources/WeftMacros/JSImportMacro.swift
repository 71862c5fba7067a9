import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@JS(.global)`, `@JS(.module)`: declares a function or a variable of JavaScript's.
///
/// The expansion is the function's body, and beside it a wasm import that says which of JavaScript's functions it is. The import's
/// name carries the description, as an export's does.
public struct JSImportMacro {}

extension JSImportMacro: PeerMacro {
  /// Declares the wasm import.
  public static func expansion(
    of node: AttributeSyntax,
    providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    var problems: [Diagnostic] = []
    let imports = ImportedFunctions(of: node, on: declaration, problems: &problems)
    if !context.lexicalContext.isEmpty { problems.append(Diagnostic(node: node, message: JSDiagnostic.importEffects)) }
    guard problems.isEmpty, let imports else {
      problems.forEach(context.diagnose)
      return []
    }
    return [imports.declaration]
  }
}

extension JSImportMacro: BodyMacro {
  /// Writes the body of a function.
  public static func expansion(
    of node: AttributeSyntax,
    providingBodyFor declaration: some DeclSyntaxProtocol & WithOptionalCodeBlockSyntax,
    in context: some MacroExpansionContext
  ) throws -> [CodeBlockItemSyntax] {
    var problems: [Diagnostic] = []
    guard let imports = ImportedFunctions(of: node, on: declaration, problems: &problems), problems.isEmpty else {
      // The other expansion tells of them; here something must stand.
      return ["fatalError()"]
    }
    return imports.body(0)
  }
}

extension JSImportMacro: AccessorMacro {
  /// Writes the accessors of a variable.
  public static func expansion(
    of node: AttributeSyntax,
    providingAccessorsOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [AccessorDeclSyntax] {
    var problems: [Diagnostic] = []
    guard let imports = ImportedFunctions(of: node, on: declaration, problems: &problems), problems.isEmpty else { return [] }
    let getter: AccessorDeclSyntax = "get {\n\(raw: imports.body(0).map { "  \($0.description)" }.joined(separator: "\n"))\n}"
    guard imports.count > 1 else { return [getter] }
    return [getter, "set {\n\(raw: imports.body(1).map { "  \($0.description)" }.joined(separator: "\n"))\n}"]
  }
}
