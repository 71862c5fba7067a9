import SwiftDiagnostics
import SwiftSyntax

/// An enum without cases. JavaScript sees an object with its static functions and properties.
struct NamespaceExport {
  private let name: String
  private let doc: String?
  private let members: ExportedMembers

  init(_ declaration: EnumDeclSyntax, problems: inout [Diagnostic]) {
    name = declaration.name.text
    doc = DocumentationComment.text(of: declaration)
    TypeDeclaration.check(declaration.name, declaration.genericParameterClause, problems: &problems)
    members = ExportedMembers(of: declaration.memberBlock.members, type: name, staticOnly: true, problems: &problems)
    if members.thunks.isEmpty, problems.isEmpty { problems.append(Diagnostic(node: declaration.name, message: JSDiagnostic.noMembers)) }
  }

  var declaration: DeclSyntax {
    let descriptor = Descriptor().with("kind", "namespace").with("name", name).with("doc", doc).with("members", members.descriptors)
    return Export(name: name, descriptor: descriptor, thunks: members.thunks).declaration
  }
}
