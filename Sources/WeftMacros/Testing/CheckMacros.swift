import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `#expect(condition)` on the web.
public struct ExpectMacro: ExpressionMacro {
  /// A call that checks the condition, and knows the sides of a comparison.
  public static func expansion(of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext) -> ExprSyntax {
    Check(node, in: context).call("_expect")
  }
}

/// `#require(condition)` on the web.
public struct RequireMacro: ExpressionMacro {
  /// A call that checks the condition, and knows the sides of a comparison.
  public static func expansion(of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext) -> ExprSyntax {
    Check(node, in: context).call("_require")
  }
}

/// `#require(optional)` on the web.
public struct RequireValueMacro: ExpressionMacro {
  /// A call that unwraps the value.
  public static func expansion(of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext) -> ExprSyntax {
    let check = Check(node, in: context)
    return "Testing._requireValue(\(check.subject), \(literal: check.subject.trimmedDescription), \(raw: check.rest))"
  }
}

/// `#expect(throws:)` on the web.
public struct ExpectThrowsMacro: ExpressionMacro {
  /// A closure that runs the other one and catches what it throws, which must be of the type that is expected.
  public static func expansion(of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext) -> ExprSyntax {
    let check = Check(node, in: context)
    let expected = check.subject
    let source = expected.trimmedDescription
    let body = Self.body(check.closure)
    let type = Self.errorType(of: expected)
    if type == "Never" { return "{ () -> Swift.Never? in \(raw: body); return nil }()" }
    let isType = source.hasSuffix(".self")
    let verdict =
      isType
      ? ""
      : "Testing._expectThrown(error, \(source), Testing._describe(error), \(StringLiteralExprSyntax(content: source)), \(check.rest));"
    return """
      { () -> \(raw: type)? in
        do throws(\(raw: type)) {
          \(raw: body)
        } catch {
          \(raw: verdict)
          return error
        }
        Testing._expectThrown(\(literal: source), \(raw: check.rest))
        return nil
      }()
      """
  }

  /// What the closure does, as statements.
  private static func body(_ closure: ExprSyntax?) -> String {
    guard let closure else { return "" }
    guard let literal = closure.as(ClosureExprSyntax.self), literal.signature == nil else {
      return "Testing._discard(try (\(closure.trimmed))())"
    }
    if literal.statements.count == 1, let expression = literal.statements.first?.item.as(ExprSyntax.self),
      !expression.is(IfExprSyntax.self), !expression.is(SwitchExprSyntax.self)
    {
      return "Testing._discard(\(expression.trimmedDescription))"
    }
    return literal.statements.trimmedDescription
  }

  /// The type of an error by the way in which it is written: `E.self`, `E.case(…)` or `E(…)`.
  private static func errorType(of expression: ExprSyntax) -> String {
    if let call = expression.as(FunctionCallExprSyntax.self) { return errorType(of: call.calledExpression) }
    if let member = expression.as(MemberAccessExprSyntax.self), let base = member.base {
      let name = member.declName.baseName.text
      if name == "self" || name.first?.isLowercase ?? false { return base.trimmedDescription }
    }
    return expression.trimmedDescription
  }
}

/// The arguments of `#expect` and `#require`.
private struct Check {
  /// The first: a condition, an optional, or what is to be thrown.
  let subject: ExprSyntax
  /// What is to be run, if that is another.
  let closure: ExprSyntax?
  /// The comment and the place, as arguments.
  let rest: String

  init(_ node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext) {
    let arguments = Array(node.arguments)
    subject = arguments.first?.expression.trimmed ?? "false"
    let location = arguments.first { $0.label?.text == "sourceLocation" }?.expression.trimmedDescription ?? SourceLocationMacro.here
    let comment = arguments.dropFirst().first { $0.label == nil }?.expression.trimmedDescription ?? "nil"
    closure = node.trailingClosure.map { ExprSyntax($0) } ?? arguments.first { $0.label?.text == "performing" }?.expression
    rest = "\(comment), \(location)"
  }

  private static let comparisons: Set = ["==", "!=", "<", "<=", ">", ">="]

  func call(_ function: String) -> ExprSyntax {
    var condition = subject
    var effect = ""
    if let attempt = condition.as(TryExprSyntax.self) {
      condition = attempt.expression
      effect = "try\(attempt.questionOrExclamationMark?.text ?? "") "
    }
    if let infix = condition.as(InfixOperatorExprSyntax.self), let sign = infix.operator.as(BinaryOperatorExprSyntax.self)?.operator.text,
      Self.comparisons.contains(sign), Self.hasValue(infix.leftOperand), Self.hasValue(infix.rightOperand)
    {
      let (left, right) = (infix.leftOperand.trimmed, infix.rightOperand.trimmed)
      return """
        \(raw: effect)Testing.\(raw: function)(Testing._compare(\(left), \(right), \(raw: sign)), \(literal: left.description), \(literal: sign), \
        \(literal: right.description), \(raw: rest))
        """
    }
    return "\(raw: effect)Testing.\(raw: function)(\(condition.trimmed), \(literal: subject.description), \(raw: rest))"
  }

  /// `nil` has no type of its own, and tuples and types cannot be passed as what is equatable.
  private static func hasValue(_ operand: ExprSyntax) -> Bool {
    if let tuple = operand.as(TupleExprSyntax.self) { return tuple.elements.count == 1 }
    return !operand.is(NilLiteralExprSyntax.self) && !operand.trimmedDescription.hasSuffix(".self")
  }
}
