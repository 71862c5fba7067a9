import SwiftDiagnostics
import SwiftSyntax

/// What `@JS` knows of a function: the parts of its declaration that matter to JavaScript, checked.
struct JSSignature {
  struct Parameter {
    /// The argument label as written; nil for `_`.
    let label: String?
    /// The name that JavaScript's errors and declarations use.
    let name: String
    let type: String
    let isInout: Bool
  }

  let name: String
  private(set) var parameters: [Parameter] = []
  let result: String

  var hasInout: Bool { parameters.contains(where: \.isInout) }

  /// Reads `function`; every reason why it cannot be exported is appended to `problems`.
  init(of function: FunctionDeclSyntax, problems: inout [Diagnostic]) {
    func report(_ node: some SyntaxProtocol, _ message: JSDiagnostic) {
      problems.append(Diagnostic(node: node, message: message))
    }

    name = function.name.identifier?.name ?? function.name.text
    if case .identifier = function.name.tokenKind, JSIdentifier.isValid(name) {} else { report(function.name, .name(name)) }

    if let generics = function.genericParameterClause { report(generics, .generic) }
    let effects = function.signature.effectSpecifiers
    if let async = effects?.asyncSpecifier { report(async, .async) }
    if let throwing = effects?.throwsClause { report(throwing, .throwing) }

    let resultType = function.signature.returnClause?.type
    let resultSpelling = resultType.map(BridgedSpelling.result) ?? "Void"
    if let resultType, resultSpelling == nil { report(resultType, .type(resultType.trimmedDescription)) }
    result = resultSpelling ?? "Void"
    if let resultType, BridgedSpelling.isSharedBuffer(result) { report(resultType, .sharedBufferResult) }

    for (index, parameter) in function.signature.parameterClause.parameters.enumerated() {
      if let ellipsis = parameter.ellipsis { report(ellipsis, .variadic) }
      var type = parameter.type
      var isInout = false
      if let attributed = type.as(AttributedTypeSyntax.self), attributed.attributes.isEmpty, attributed.lateSpecifiers.isEmpty {
        isInout = attributed.specifiers.contains { $0.trimmedDescription == "inout" }
        type = attributed.baseType
      }
      guard let spelling = BridgedSpelling.parameter(type) else {
        report(type, .type(type.trimmedDescription))
        continue
      }
      if isInout {
        if !BridgedSpelling.isArray(spelling) { report(parameter.type, .inoutOfOther(spelling)) }
      }
      let internalName = (parameter.secondName ?? parameter.firstName).identifier?.name
      parameters.append(
        Parameter(
          label: Self.label(parameter.firstName),
          name: internalName ?? "argument\(index + 1)",
          type: spelling,
          isInout: isInout))
    }
    if let resultType, result != "Void", hasInout { report(resultType, .inoutAndResult) }
  }

  /// A call needs the backticks of a label only where the compiler would not know it without; elsewhere it warns of them.
  private static func label(_ token: TokenSyntax) -> String? {
    guard let name = token.identifier?.name else { return nil }
    return JSIdentifier.isValid(name) && !["inout", "let", "var"].contains(name) ? name : token.text
  }
}
