import SwiftBasicFormat
import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
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

/// What becomes of `source`, which must be in order, with one space wherever there is some.
func expansion(of source: String) throws -> String {
  let (text, diagnostics) = expanded(source)
  #expect(diagnostics.isEmpty)
  return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// What the macros have to say to `source`.
func diagnostics(of source: String) -> [String] { expanded(source).diagnostics }

private func expanded(_ source: String) -> (text: String, diagnostics: [String]) {
  let file = Parser.parse(source: source)
  let context = BasicMacroExpansionContext(sourceFiles: [file: .init(moduleName: "Test", fullFilePath: "test.swift")])
  // With a source in parentheses it is another macro.
  let macro: any Macro.Type = source.contains("(.") ? JSImportMacro.self : JSMacro.self
  let text = file.expand(
    macros: ["JS": macro, "JSVariable": JSImportMacro.self, "WorkerMessage": WorkerMessageMacro.self],
    contextGenerator: { BasicMacroExpansionContext(sharingWith: context, lexicalContext: $0.allMacroLexicalContexts()) },
    indentationWidth: .spaces(2))
  return (text.description, context.diagnostics.map(\.message))
}
