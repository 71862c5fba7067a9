import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder

/// A struct, which JavaScript sees as a plain object with its stored properties.
struct StructExport {
  private struct Field {
    let name: String
    let written: String
    let type: BridgedType
    let doc: String?
  }

  private let name: String
  private let doc: String?
  private let access: String
  private var fields: [Field] = []

  init(_ declaration: StructDeclSyntax, problems: inout [Diagnostic]) {
    name = declaration.name.text
    doc = DocumentationComment.text(of: declaration)
    access = TypeDeclaration.access(declaration.modifiers)
    TypeDeclaration.check(declaration.name, declaration.genericParameterClause, problems: &problems)
    for member in declaration.memberBlock.members {
      guard let variable = member.decl.as(VariableDeclSyntax.self), !TypeDeclaration.isStatic(variable.modifiers) else { continue }
      for binding in variable.bindings where TypeDeclaration.isStored(binding) {
        guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self) else { continue }
        let name = pattern.identifier.identifier?.name ?? pattern.identifier.text
        if variable.bindingSpecifier.tokenKind == .keyword(.let), binding.initializer != nil {
          problems.append(Diagnostic(node: binding, message: JSDiagnostic.constant(name)))
        }
        guard let type = TypeDeclaration.type(of: binding, problems: &problems) else { continue }
        fields.append(
          Field(name: name, written: pattern.identifier.text, type: type, doc: DocumentationComment.text(of: variable)))
      }
    }
  }

  var declaration: DeclSyntax {
    let descriptor = Descriptor().with("kind", "struct").with("name", name).with("doc", doc).with(
      "fields", fields.map { Descriptor().with("name", $0.name).with("type", $0.type.spelling).with("doc", $0.doc) })
    return Export(name: name, descriptor: descriptor, thunks: []).declaration
  }

  var codec: DeclSyntax {
    let reads = fields.enumerated().map { "    let __weft_\($0) = reader.read(\($1.type.codec).self)" }
    let values = fields.enumerated().map { "\($1.written): __weft_\($0)" }.joined(separator: ", ")
    return """
      \(raw: access)enum __weft_codec_\(raw: name): _JSCodec {
        \(raw: access)static func _read(_ reader: inout _JSReader) -> \(raw: name) {
      \(raw: reads.joined(separator: "\n"))
          return \(raw: name)(\(raw: values))
        }
        \(raw: access)static func _write(_ value: consuming \(raw: name), _ writer: inout _JSWriter) {
      \(raw: fields.map { "    writer.write(\($0.type.codec).self, value.\($0.written))" }.joined(separator: "\n"))
        }
      }
      """
  }
}
