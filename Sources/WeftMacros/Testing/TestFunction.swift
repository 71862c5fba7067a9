import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// A function that carries `@Test`, and what is written down of it.
struct TestFunction {
  private let function: FunctionDeclSyntax
  private let attribute: AttributeSyntax
  /// The types around it, the outermost first.
  private let types: [(name: String, suite: AttributeSyntax?)]
  private let record: TokenSyntax
  /// The name of the copy that does not throw, if there must be one.
  private let copy: TokenSyntax?
  private let location: String
  private let copiedBody: CodeBlockItemListSyntax?

  /// Nil if it cannot be a test, which has been diagnosed then.
  init?(_ function: FunctionDeclSyntax, attribute: AttributeSyntax, in context: some MacroExpansionContext) {
    var types: [(name: String, suite: AttributeSyntax?)] = []
    for scope in context.lexicalContext.reversed() {
      if let type = scope.asProtocol(NamedDeclSyntax.self), let group = scope.asProtocol((any DeclGroupSyntax).self) {
        types.append((type.name.text, Self.attribute("Suite", of: group.attributes)))
      } else if let type = scope.as(ExtensionDeclSyntax.self) {
        types.append((type.extendedType.trimmedDescription, nil))
      } else {
        context.diagnose(Diagnostic(node: attribute, message: TestDiagnostic.inFunction))
        return nil
      }
    }
    let effects = function.signature.effectSpecifiers
    if let async = effects?.asyncSpecifier {
      context.diagnose(Diagnostic(node: async, message: TestDiagnostic.isAsync))
      return nil
    }
    if let generics = function.genericParameterClause {
      context.diagnose(Diagnostic(node: generics, message: TestDiagnostic.generic))
      return nil
    }
    let throwsUntyped = effects?.throwsClause.map { $0.type == nil } ?? false
    if throwsUntyped, types.last?.suite == nil {
      context.diagnose(Diagnostic(node: attribute, message: TestDiagnostic.throwsOutsideSuite))
      return nil
    }
    self.function = function
    self.attribute = attribute
    self.types = types
    // Names that the compiler finds unique are the same for functions that differ in their parameters alone.
    let labels = function.signature.parameterClause.parameters.map(\.firstName.text).joined(separator: "_")
    record = context.makeUniqueName("record_\(labels)")
    copy = throwsUntyped ? context.makeUniqueName("body_\(labels)") : nil
    location = SourceLocationMacro.literal(of: attribute, in: context)
    copiedBody =
      throwsUntyped ? function.body.map { LocatedChecks(in: context).rewrite($0.statements).cast(CodeBlockItemListSyntax.self) } : nil
    if !function.signature.parameterClause.parameters.isEmpty, arguments.isEmpty {
      context.diagnose(Diagnostic(node: function.signature.parameterClause, message: TestDiagnostic.noArguments))
      return nil
    }
  }

  /// The first attribute of a name, with or without its module.
  static func attribute(_ name: String, of attributes: AttributeListSyntax) -> AttributeSyntax? {
    attributes.lazy.compactMap { $0.as(AttributeSyntax.self) }
      .first { [name, "Testing.\(name)"].contains($0.attributeName.trimmedDescription) }
  }

  var declarations: [DeclSyntax] {
    let isMember = !types.isEmpty
    let declaration: DeclSyntax = """
      @section("weft_tests") @used private \(raw: isMember ? "static " : "")let \(record): @convention(c) (UnsafeMutableRawPointer) -> Void = { __weft_list in
        Testing._TestRecord.add(to: __weft_list, [\(raw: suites)], \(literal: name), \(raw: display(of: attribute)), [\(raw: traits(of: attribute))], \(raw: location)\(raw: parameters)) {\(raw: closureParameter)
          \(raw: call)
        }
      }
      """
    return [declaration] + (copiedFunction.map { [$0] } ?? [])
  }

  private var typeName: String { types.map(\.name).joined(separator: ".") }

  /// As people write it: `sum(of:_:)`.
  private var name: String {
    let labels = function.signature.parameterClause.parameters.map { "\($0.firstName.text):" }.joined()
    return "\(function.name.text.filter { $0 != "`" })(\(labels))"
  }

  private var suites: String {
    types.map { type in
      let display = type.suite.map(display) ?? "nil"
      let traits = type.suite.map(traits) ?? ""
      return "Testing._TestRecord.Suite(\"\(type.name.filter { $0 != "`" })\", \(display), [\(traits)])"
    }.joined(separator: ", ")
  }

  private func list(of attribute: AttributeSyntax) -> [LabeledExprSyntax] {
    guard case .argumentList(let list) = attribute.arguments else { return [] }
    return Array(list)
  }

  /// The expression of the display name, or `nil`.
  private func display(of attribute: AttributeSyntax) -> String {
    guard let first = list(of: attribute).first, first.label == nil, first.expression.is(StringLiteralExprSyntax.self) else { return "nil" }
    return first.expression.trimmedDescription
  }

  private func traits(of attribute: AttributeSyntax) -> String {
    list(of: attribute).prefix { $0.label?.text != "arguments" }.filter { !$0.expression.is(StringLiteralExprSyntax.self) }
      .map(\.expression.trimmedDescription).joined(separator: ", ")
  }

  private var arguments: [ExprSyntax] { list(of: attribute).drop { $0.label?.text != "arguments" }.map(\.expression) }

  private var parameterList: [FunctionParameterSyntax] { Array(function.signature.parameterClause.parameters) }

  /// The type of what a case gets: one value, or a tuple.
  private var elementType: String {
    let types = parameterList.map(\.type.trimmedDescription)
    return types.count == 1 ? types[0] : "(\(types.joined(separator: ", ")))"
  }

  private var parameters: String {
    if parameterList.isEmpty { return "" }
    let names = parameterList.map { "\"\(($0.secondName ?? $0.firstName).text)\"" }.joined(separator: ", ")
    let values = parameterList.count == 1 ? ["__weft_value"] : parameterList.indices.map { "__weft_value.\($0)" }
    let described = values.map { "Testing._describe(\($0))" }.joined(separator: ", ")
    let expressions = arguments.map(\.trimmedDescription).joined(separator: ", ")
    let collection = parameterList.count == 1 ? expressions : "Testing._pairs(\(expressions))"
    return ", arguments: { \(collection) }, parameters: [\(names)], describe: { (__weft_value: \(elementType)) in [\(described)] }"
  }

  private var closureParameter: String { parameterList.isEmpty ? "" : " (__weft_value: \(elementType)) in" }

  private var call: String {
    var arguments: [String] = []
    for (index, parameter) in parameterList.enumerated() {
      let label = parameter.firstName.text == "_" ? "" : "\(parameter.firstName.text): "
      arguments.append(label + (parameterList.count == 1 ? "__weft_value" : "__weft_value.\(index)"))
    }
    let callee = (copy ?? function.name).text
    let modifiers = function.modifiers.map(\.name.text)
    let isStatic = modifiers.contains("static") || modifiers.contains("class")
    var lines: [String] = []
    var receiver = ""
    if !types.isEmpty {
      receiver = isStatic ? "\(typeName)." : "__weft_suite."
      if !isStatic { lines.append("\(modifiers.contains("mutating") ? "var" : "let") __weft_suite = \(typeName)()") }
    }
    let call = "\(receiver)\(callee)(\(arguments.joined(separator: ", ")))"
    if copy == nil, let error = function.signature.effectSpecifiers?.throwsClause?.type?.trimmedDescription, error != "Never" {
      lines.append("do throws(\(error)) { try \(discarded(call)) } catch { Testing.Issue.record(error, sourceLocation: \(location)) }")
    } else {
      lines.append(discarded(call))
    }
    return lines.joined(separator: "; ")
  }

  /// The call, of which the result is not looked at.
  private func discarded(_ call: String) -> String { function.signature.returnClause == nil ? call : "Testing._discard(\(call))" }

  /// A copy of the function that catches what it throws: an error of one type, which the compiler finds out by itself.
  private var copiedFunction: DeclSyntax? {
    guard let copy, let copiedBody else { return nil }
    let modifiers = function.modifiers.filter { ["static", "class", "mutating"].contains($0.name.text) }.map(\.name.text).joined(
      separator: " ")
    let result = function.signature.returnClause?.trimmedDescription ?? ""
    let body =
      ThrowingFinder.throwsError(copiedBody)
      ? "do {\n\(copiedBody)\n} catch { Testing.Issue.record(error, sourceLocation: \(location)) }" : "\(copiedBody)"
    return """
      private \(raw: modifiers) func \(copy)\(function.signature.parameterClause.trimmed) \(raw: result) {
      \(raw: body)
      }
      """
  }
}
