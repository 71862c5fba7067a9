import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder

/// An enum. Without payloads JavaScript sees the names of its cases; with payloads, objects that say in `case` which one they are.
struct EnumExport {
  private struct Case {
    let name: String
    let written: String
    let doc: String?
    /// The string that stands for it, where the enum has such.
    let raw: String?
    let payload: [(label: String?, type: BridgedType)]
  }

  private let name: String
  private let doc: String?
  private let access: String
  private var cases: [Case] = []

  /// Whether there is nothing but a name for what belongs together.
  static func isNamespace(_ declaration: EnumDeclSyntax) -> Bool {
    !declaration.memberBlock.members.contains { $0.decl.is(EnumCaseDeclSyntax.self) }
  }

  init(_ declaration: EnumDeclSyntax, problems: inout [Diagnostic]) {
    name = declaration.name.text
    doc = DocumentationComment.text(of: declaration)
    access = TypeDeclaration.access(declaration.modifiers)
    TypeDeclaration.check(declaration.name, declaration.genericParameterClause, problems: &problems)
    let hasStrings = declaration.inheritanceClause?.inheritedTypes.first?.type.trimmedDescription == "String"
    for member in declaration.memberBlock.members {
      guard let line = member.decl.as(EnumCaseDeclSyntax.self) else { continue }
      for element in line.elements {
        let name = element.name.identifier?.name ?? element.name.text
        var payload: [(String?, BridgedType)] = []
        for parameter in element.parameterClause?.parameters ?? [] {
          guard let type = Self.payload(parameter.type) else {
            problems.append(Diagnostic(node: parameter.type, message: JSDiagnostic.type(parameter.type.trimmedDescription)))
            continue
          }
          payload.append((parameter.firstName?.identifier?.name, type))
        }
        let raw = element.rawValue?.value.as(StringLiteralExprSyntax.self)?.representedLiteralValue
        cases.append(
          Case(
            name: name, written: element.name.text, doc: DocumentationComment.text(of: line), raw: hasStrings ? raw ?? name : nil,
            payload: payload))
      }
    }
    if cases.count > 256 { problems.append(Diagnostic(node: declaration.name, message: JSDiagnostic.tooManyCases)) }
  }

  private static func payload(_ type: TypeSyntax) -> BridgedType? {
    switch BridgedType(type) {
    case .function, .tuple, .sharedBuffer, .optional(.function), nil: nil
    case let type?: type
    }
  }

  var declaration: DeclSyntax {
    let cases = cases.map { item in
      Descriptor().with("name", item.name).with("doc", item.doc).with("raw", item.raw).with(
        "payload", item.payload.map { Descriptor().with("label", $0.label).with("type", $0.type.spelling) })
    }
    let descriptor = Descriptor().with("kind", "enum").with("name", name).with("doc", doc).with("cases", cases)
    return Export(name: name, descriptor: descriptor, thunks: []).declaration
  }

  var codec: DeclSyntax {
    let reads = cases.enumerated().map { index, item in
      let values = item.payload.map { "\($0.label.map { "\($0): " } ?? "")reader.read(\($0.type.codec).self)" }.joined(separator: ", ")
      let pattern = index == cases.count - 1 ? "default" : "case \(index)"
      return "    \(pattern): return .\(item.written)\(item.payload.isEmpty ? "" : "(\(values))")"
    }
    let writes = cases.enumerated().map { index, item in
      let names = item.payload.indices.map { "let value\($0)" }.joined(separator: ", ")
      let payload = item.payload.enumerated().map { "; writer.write(\($1.type.codec).self, value\($0))" }.joined()
      return "    case .\(item.written)\(item.payload.isEmpty ? "" : "(\(names))"): writer.store(UInt8(\(index)))\(payload)"
    }
    return """
      \(raw: access)enum __weft_codec_\(raw: name): _JSCodec {
        \(raw: access)static func _read(_ reader: inout _JSReader) -> \(raw: name) {
          switch reader.load(UInt8.self) {
      \(raw: reads.joined(separator: "\n"))
          }
        }
        \(raw: access)static func _write(_ value: consuming \(raw: name), _ writer: inout _JSWriter) {
          switch value {
      \(raw: writes.joined(separator: "\n"))
          }
        }
      }
      """
  }
}
