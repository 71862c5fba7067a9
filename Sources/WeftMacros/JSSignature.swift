import SwiftDiagnostics
import SwiftSyntax

/// What `@JS` knows of a function: the parts of its declaration that matter to JavaScript, checked.
struct JSSignature: Sendable {
  struct Parameter: Sendable {
    /// The argument label as written; nil for `_`.
    let label: String?
    /// The name that JavaScript's errors and declarations use.
    let name: String
    let type: BridgedType
    let isInout: Bool
    /// The expression, as written.
    let defaultValue: String?

    /// What the runtime gives to a function that asks for it, and JavaScript with other means.
    var isInjected: Bool {
      if case .named(let name) = type { name == "Cancellation" || name == "ProgressCounter" } else { false }
    }
  }

  let name: String
  private(set) var parameters: [Parameter] = []
  private(set) var result: BridgedType = .void
  /// The type in `throws(…)`.
  private(set) var error: String?

  var hasInout: Bool { parameters.contains(where: \.isInout) }

  /// Reads `function`; every reason why it cannot be exported is appended to `problems`.
  init(of function: FunctionDeclSyntax, problems: inout [Diagnostic]) {
    name = function.name.identifier?.name ?? function.name.text
    if case .identifier = function.name.tokenKind, JSIdentifier.isValid(name) {
    } else {
      problems.append(Diagnostic(node: function.name, message: JSDiagnostic.name(name)))
    }
    if let generics = function.genericParameterClause { problems.append(Diagnostic(node: generics, message: JSDiagnostic.generic)) }
    read(function.signature, problems: &problems)
  }

  /// Reads an initializer.
  init(of initializer: InitializerDeclSyntax, problems: inout [Diagnostic]) {
    name = "constructor"
    if let generics = initializer.genericParameterClause { problems.append(Diagnostic(node: generics, message: JSDiagnostic.generic)) }
    read(initializer.signature, problems: &problems)
  }

  /// The getter of a property.
  init(getterOf name: String, type: BridgedType) {
    self.name = name
    result = type
  }

  /// The setter of a property.
  init(setterOf name: String, type: BridgedType) {
    self.name = name
    parameters = [Parameter(label: nil, name: name, type: type, isInout: false, defaultValue: nil)]
  }

  /// An initializer returns an object.
  mutating func returnObject(of type: String) { result = .named(type) }

  private mutating func read(_ signature: FunctionSignatureSyntax, problems: inout [Diagnostic]) {
    func report(_ node: some SyntaxProtocol, _ message: JSDiagnostic) {
      problems.append(Diagnostic(node: node, message: message))
    }

    if let async = signature.effectSpecifiers?.asyncSpecifier { report(async, .async) }
    if let throwing = signature.effectSpecifiers?.throwsClause {
      if let type = throwing.type {
        if case .named(let name) = BridgedType(type) { error = name } else { report(type, .errorType(type.trimmedDescription)) }
      } else {
        report(throwing, .untypedThrows)
      }
    }

    if let type = signature.returnClause?.type {
      switch BridgedType(type) {
      case .sharedBuffer: report(type, .sharedBufferResult)
      case .function, .optional(.function): report(type, .functionResult)
      case let bridged?: result = bridged
      case nil: report(type, .type(type.trimmedDescription))
      }
    }

    for (index, parameter) in signature.parameterClause.parameters.enumerated() {
      if let ellipsis = parameter.ellipsis { report(ellipsis, .variadic) }
      var type = parameter.type
      var isInout = false
      if let attributed = type.as(AttributedTypeSyntax.self), attributed.attributes.isEmpty, attributed.lateSpecifiers.isEmpty {
        isInout = attributed.specifiers.contains { $0.trimmedDescription == "inout" }
        type = attributed.baseType
      }
      guard let bridged = BridgedType(type), !Self.isTuple(bridged) else {
        report(type, .type(type.trimmedDescription))
        continue
      }
      if isInout && !bridged.isNumberArray { report(parameter.type, .inoutOfOther(bridged.spelling)) }
      let internalName = (parameter.secondName ?? parameter.firstName).identifier?.name
      parameters.append(
        Parameter(
          label: Self.label(parameter.firstName),
          name: internalName ?? "argument\(index + 1)",
          type: bridged,
          isInout: isInout,
          defaultValue: parameter.defaultValue?.value.trimmedDescription))
    }
  }

  private static func isTuple(_ type: BridgedType) -> Bool {
    if case .tuple = type { true } else { false }
  }

  /// A call needs the backticks of a label only where the compiler would not know it without; elsewhere it warns of them.
  private static func label(_ token: TokenSyntax) -> String? {
    guard let name = token.identifier?.name else { return nil }
    return JSIdentifier.isValid(name) && !["inout", "let", "var"].contains(name) ? name : token.text
  }
}
