import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder

/// A final class. JavaScript holds its objects by handles.
struct ClassExport {
  private let name: String
  private let descriptor: Descriptor
  private let members: ExportedMembers
  private let access: String

  init(_ declaration: ClassDeclSyntax, problems: inout [Diagnostic]) {
    name = declaration.name.text
    access = TypeDeclaration.access(declaration.modifiers)
    TypeDeclaration.check(declaration.name, declaration.genericParameterClause, problems: &problems)
    if !declaration.modifiers.contains(where: { $0.name.text == "final" }) {
      problems.append(Diagnostic(node: declaration.classKeyword, message: JSDiagnostic.notFinal))
    }
    members = ExportedMembers(of: declaration.memberBlock.members, type: name, staticOnly: false, problems: &problems)
    let isSendable =
      declaration.inheritanceClause?.inheritedTypes.contains { $0.type.trimmedDescription.split(separator: " ").last == "Sendable" }
      ?? false
    descriptor = Descriptor().with("kind", "class").with("name", name).with("doc", DocumentationComment.text(of: declaration))
      .with("sendable", isSendable).with("members", members.descriptors)
  }

  /// The first thunk lets go of an object.
  var declaration: DeclSyntax {
    Export(name: name, descriptor: descriptor, thunks: [.release] + members.thunks).declaration
  }

  var codec: DeclSyntax { "\(raw: access)typealias __weft_codec_\(raw: name) = _JSObject<\(raw: name)>" }
}
