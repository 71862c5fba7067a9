import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@JS`: exports a declaration to JavaScript.
///
/// For everything that JavaScript can call, the expansion is a wasm export that returns the function-table index of a *thunk* (see
/// `Thunk`); for a type it is the codec that lets values cross. The export's name carries a description of the declaration,
/// from which `weft build` writes the JavaScript and the TypeScript declarations; see `Descriptor`.
public struct JSMacro {}

extension JSMacro: PeerMacro {
  /// Expands `@JS` beside the declaration that carries it, or diagnoses why it cannot be exported.
  public static func expansion(
    of node: AttributeSyntax,
    providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    var problems: [Diagnostic] = []
    var exports: [DeclSyntax] = []
    if !context.lexicalContext.isEmpty {
      // The type that the member belongs to exports it, since only at the top level can there be an export.
      if !isExportedWithItsType(declaration, in: context) {
        problems.append(Diagnostic(node: node, message: JSDiagnostic.notTopLevel))
      }
    } else if let function = declaration.as(FunctionDeclSyntax.self) {
      exports = self.exports(of: function, problems: &problems)
    } else if let declaration = declaration.as(StructDeclSyntax.self) {
      let export = StructExport(declaration, problems: &problems)
      exports = [export.declaration, export.codec]
    } else if let declaration = declaration.as(EnumDeclSyntax.self) {
      if EnumExport.isNamespace(declaration) {
        exports = [NamespaceExport(declaration, problems: &problems).declaration]
      } else {
        let export = EnumExport(declaration, problems: &problems)
        exports = [export.declaration, export.codec]
      }
    } else if let declaration = declaration.as(ClassDeclSyntax.self) {
      let export = ClassExport(declaration, problems: &problems)
      exports = [export.declaration, export.codec]
    } else {
      problems.append(Diagnostic(node: node, message: JSDiagnostic.declaration))
    }
    guard problems.isEmpty else {
      problems.forEach(context.diagnose)
      return []
    }
    return exports
  }

  private static func isExportedWithItsType(_ declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext) -> Bool {
    guard context.lexicalContext.count == 1, let type = context.lexicalContext.first?.asProtocol(WithAttributesSyntax.self),
      type.attributes.contains(where: isJS)
    else { return false }
    if type.is(ClassDeclSyntax.self) { return true }
    return type.as(EnumDeclSyntax.self).map(EnumExport.isNamespace) ?? false
  }

  private static func exports(of function: FunctionDeclSyntax, problems: inout [Diagnostic]) -> [DeclSyntax] {
    let signature = JSSignature(of: function, problems: &problems)
    let callee = function.name.text
    let descriptor = Descriptor().with("name", signature.name).with("doc", DocumentationComment.text(of: function)).with(signature)
    let export = Export(name: signature.name, descriptor: descriptor, thunks: [Thunk(signature: signature, callee: callee)])
    return [export.declaration] + (DirectExport(signature, callee: callee).map { [$0.declaration] } ?? [])
  }

  /// Whether `element` is the attribute `@JS`, without a source.
  static func isJS(_ element: AttributeListSyntax.Element) -> Bool {
    guard case .attribute(let attribute) = element else { return false }
    return attribute.attributeName.trimmedDescription == "JS"
  }
}
