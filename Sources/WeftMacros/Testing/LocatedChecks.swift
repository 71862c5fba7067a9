import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// Makes the body of a test fit for a copy: checks say where they stand, which they could not find out in the copy, and there is no
/// `try` before `#require`, which throws nothing on the web.
final class LocatedChecks: SyntaxRewriter {
  private let locate: (any SyntaxProtocol) -> String

  init(in context: some MacroExpansionContext) {
    locate = { SourceLocationMacro.literal(of: $0, in: context) }
    super.init()
  }

  override func visit(_ node: MacroExpansionExprSyntax) -> ExprSyntax {
    guard ["expect", "require"].contains(node.macroName.text), !node.arguments.contains(where: { $0.label?.text == "sourceLocation" })
    else {
      return super.visit(node)
    }
    let location = locate(node)
    let visited = super.visit(node)
    guard var located = visited.as(MacroExpansionExprSyntax.self) else { return visited }
    located.arguments = Self.adding(location, to: located.arguments)
    return ExprSyntax(located)
  }

  override func visit(_ node: FunctionCallExprSyntax) -> ExprSyntax {
    guard node.calledExpression.trimmedDescription == "Issue.record",
      !node.arguments.contains(where: { $0.label?.text == "sourceLocation" })
    else { return super.visit(node) }
    let location = locate(node)
    let visited = super.visit(node)
    guard var located = visited.as(FunctionCallExprSyntax.self) else { return visited }
    located.arguments = Self.adding(location, to: located.arguments)
    return ExprSyntax(located)
  }

  override func visit(_ node: TryExprSyntax) -> ExprSyntax {
    let isRequire = node.expression.as(MacroExpansionExprSyntax.self).map { $0.macroName.text == "require" } ?? false
    guard isRequire, node.questionOrExclamationMark == nil else { return super.visit(node) }
    return visit(node.expression).with(\.leadingTrivia, node.leadingTrivia)
  }

  private static func adding(_ location: String, to arguments: LabeledExprListSyntax) -> LabeledExprListSyntax {
    var elements = Array(arguments)
    if let last = elements.indices.last { elements[last].trailingComma = .commaToken(trailingTrivia: .space) }
    elements.append(LabeledExprSyntax(label: "sourceLocation", expression: ExprSyntax("\(raw: location)")))
    return LabeledExprListSyntax(elements)
  }
}

/// Finds out whether statements throw, outside closures, functions and what is caught.
final class ThrowingFinder: SyntaxVisitor {
  private var found = false

  static func throwsError(_ statements: CodeBlockItemListSyntax) -> Bool {
    let finder = ThrowingFinder(viewMode: .sourceAccurate)
    finder.walk(statements)
    return finder.found
  }

  override func visit(_ node: TryExprSyntax) -> SyntaxVisitorContinueKind {
    if node.questionOrExclamationMark == nil { found = true }
    return .visitChildren
  }
  override func visit(_ node: ThrowStmtSyntax) -> SyntaxVisitorContinueKind {
    found = true
    return .skipChildren
  }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: DoStmtSyntax) -> SyntaxVisitorContinueKind {
    guard !node.catchClauses.isEmpty else { return .visitChildren }
    for clause in node.catchClauses { walk(clause.body) }
    return .skipChildren
  }
}
