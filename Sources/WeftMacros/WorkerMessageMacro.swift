import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@WorkerMessage`: makes a struct or an enum that carries `@JS` a message of isolated workers.
public struct WorkerMessageMacro: ExtensionMacro {
  public static func expansion(
    of node: AttributeSyntax,
    attachedTo declaration: some DeclGroupSyntax,
    providingExtensionsOf type: some TypeSyntaxProtocol,
    conformingTo protocols: [TypeSyntax],
    in context: some MacroExpansionContext
  ) throws -> [ExtensionDeclSyntax] {
    let attributes = declaration.attributes.compactMap { $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription }
    let isPlain = declaration.is(StructDeclSyntax.self) || declaration.is(EnumDeclSyntax.self)
    guard isPlain, attributes.contains("JS"), context.lexicalContext.isEmpty else {
      context.diagnose(Diagnostic(node: node, message: JSDiagnostic.workerMessage))
      return []
    }
    // The codec that `@JS` makes beside the type.
    let access = TypeDeclaration.access(declaration.modifiers)
    return [
      try ExtensionDeclSyntax(
        """
        extension \(type.trimmed): WorkerMessage {
          \(raw: access)typealias _Codec = __weft_codec_\(raw: type.trimmedDescription)
        }
        """)
    ]
  }
}
