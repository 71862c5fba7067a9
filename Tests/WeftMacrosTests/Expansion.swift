import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacrosGenericTestSupport
import Testing

@testable import WeftMacros

/// Expands the macros in `source` and compares the outcome, source and diagnostics, with what is expected.
func expectExpansion(
  of source: String,
  to expanded: String,
  diagnostics: [DiagnosticSpec] = [],
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  assertMacroExpansion(
    source,
    expandedSource: expanded,
    diagnostics: diagnostics,
    macroSpecs: ["JS": MacroSpec(type: JSMacro.self)],
    indentationWidth: .spaces(2),
    failureHandler: { Issue.record("\($0.message)", sourceLocation: sourceLocation) })
}

/// Expects that `@JS` refuses `declaration`, which stands in the source's second line, and adds nothing to it.
func expectRefusal(
  of declaration: String,
  _ diagnostics: DiagnosticSpec...,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  expectExpansion(of: "@JS\n\(declaration)", to: declaration, diagnostics: diagnostics, sourceLocation: sourceLocation)
}
