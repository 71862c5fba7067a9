import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `#_sourceLocation` on the web.
public struct SourceLocationMacro: ExpressionMacro {
  static let here = "Testing.SourceLocation(fileID: #fileID, filePath: \"\", line: #line, column: #column)"

  /// The place of the macro, or of the caller where it is a default argument.
  public static func expansion(of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext) -> ExprSyntax {
    "\(raw: here)"
  }

  /// The place of a piece of source, as an expression that is the same wherever it stands.
  static func literal(of node: some SyntaxProtocol, in context: some MacroExpansionContext) -> String {
    guard let location = context.location(of: node, at: .afterLeadingTrivia, filePathMode: .fileID) else { return here }
    return "Testing.SourceLocation(fileID: \(location.file), filePath: \"\", line: \(location.line), column: \(location.column))"
  }
}
