import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder

/// What is imported for one declaration: a function, or the getter and the setter of a variable.
struct ImportedFunctions {
  private let name: String
  private var functions: [(kind: String, signature: JSSignature)] = []
  private let source: String
  private let isOnPage: Bool
  private let path: String?
  private let doc: String?

  init?(of attribute: AttributeSyntax, on declaration: some DeclSyntaxProtocol, problems: inout [Diagnostic]) {
    let arguments = attribute.arguments?.as(LabeledExprListSyntax.self) ?? []
    source = arguments.first { $0.label == nil }.map { Self.caseName($0.expression) } ?? "global"
    isOnPage = arguments.first { $0.label?.text == "on" }.map { Self.caseName($0.expression) } == "page"
    path = arguments.first { $0.label?.text == "name" }?.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue
    doc = DocumentationComment.text(of: declaration)
    if let function = declaration.as(FunctionDeclSyntax.self) {
      name = function.name.identifier?.name ?? function.name.text
      if let body = function.body { problems.append(Diagnostic(node: body, message: JSDiagnostic.importBody)) }
      functions = [("function", JSSignature(of: function, problems: &problems))]
    } else if let variable = declaration.as(VariableDeclSyntax.self), let binding = variable.bindings.first,
      let pattern = binding.pattern.as(IdentifierPatternSyntax.self), binding.initializer == nil, binding.accessorBlock == nil
    {
      name = pattern.identifier.identifier?.name ?? pattern.identifier.text
      guard let type = TypeDeclaration.type(of: binding, problems: &problems) else { return nil }
      functions = [("get", JSSignature(getterOf: name, type: type)), ("set", JSSignature(setterOf: name, type: type))]
    } else {
      problems.append(Diagnostic(node: attribute, message: JSDiagnostic.importEffects))
      return nil
    }
    for (_, signature) in functions { Self.check(signature, at: declaration, problems: &problems) }
  }

  var count: Int { functions.count }

  private static func caseName(_ expression: ExprSyntax) -> String {
    expression.as(MemberAccessExprSyntax.self)?.declName.baseName.text ?? expression.trimmedDescription
  }

  private static func check(_ signature: JSSignature, at node: some SyntaxProtocol, problems: inout [Diagnostic]) {
    if let error = signature.error, error != "JSError" { problems.append(Diagnostic(node: node, message: JSDiagnostic.importThrows)) }
    for parameter in signature.parameters {
      switch parameter.type {
      case .function, .optional(.function), .sharedBuffer, .tuple:
        problems.append(Diagnostic(node: node, message: JSDiagnostic.importType(parameter.type.spelling)))
      default:
        if parameter.isInout {
          problems.append(Diagnostic(node: node, message: JSDiagnostic.importType("inout \(parameter.type.spelling)")))
        }
      }
    }
    if case .tuple = signature.result, !signature.result.isVoid {
      problems.append(Diagnostic(node: node, message: JSDiagnostic.importType(signature.result.spelling)))
    }
  }

  /// One import for the declaration; its argument tells the getter from the setter.
  var declaration: DeclSyntax {
    let members = functions.map { Descriptor().with("kind", $0.kind).with("name", name).with($0.signature) }
    let descriptor = Descriptor().with("kind", "import").with("name", name).with("doc", doc).with("source", source)
      .with("page", isOnPage).with("path", path).with("members", members)
    return """
      #if arch(wasm32) || arch(wasm64)
        @_extern(wasm, module: "weft:js", name: "\(raw: descriptor.encoded)")
        func __weft_js_\(raw: name)() -> Int32
      #else
        func __weft_js_\(raw: name)() -> Int32 { 0 }
      #endif
      """
  }

  func body(_ index: Int) -> [CodeBlockItemSyntax] {
    let signature = functions[index].signature
    let writes = signature.parameters.map { "__weft_call.write(\($0.type.codec).self, \(index == 1 ? "newValue" : $0.name))" }
    let result = signature.result.isVoid ? "" : "\(signature.result.codec).self"
    let perform = signature.error == nil ? "return __weft_call.perform(\(result))" : "return try __weft_call.tryPerform(\(result))"
    let id = index == 0 ? "__weft_js_\(name)()" : "__weft_js_\(name)() + 1"
    let lines = ["var __weft_call = _JSCall(import: \(id), onPage: \(isOnPage))"] + writes + [perform]
    return lines.map { "\(raw: $0)" }
  }
}
