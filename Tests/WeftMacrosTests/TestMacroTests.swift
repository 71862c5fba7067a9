import SwiftOperators
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import Testing

@testable import WeftMacros

@Suite struct TestMacroTests {
  private func expanded(_ source: String) -> (text: String, diagnostics: [String]) {
    // As the compiler does before it expands a macro.
    let parsed = Parser.parse(source: source)
    let file = (try? OperatorTable.standardOperators.foldAll(parsed).cast(SourceFileSyntax.self)) ?? parsed
    let context = BasicMacroExpansionContext(sourceFiles: [file: .init(moduleName: "M", fullFilePath: "/M/a.swift")])
    let text = file.expand(
      macros: [
        "Test": TestMacro.self, "Suite": SuiteMacro.self, "expect": source.contains("throws:") ? ExpectThrowsMacro.self : ExpectMacro.self,
        "require": source.contains("count") ? RequireMacro.self : RequireValueMacro.self,
      ],
      contextGenerator: { BasicMacroExpansionContext(sharingWith: context, lexicalContext: $0.allMacroLexicalContexts()) },
      indentationWidth: .spaces(2))
    return (text.description.split(whereSeparator: \.isWhitespace).joined(separator: " "), context.diagnostics.map(\.message))
  }

  @Test(arguments: [
    ("@Test func f() async {}", "an 'async' test cannot run on the web"),
    ("@Test func f<T>() {}", "a test cannot be generic"),
    ("@Test let x = 1", "'@Test' is for functions"),
    ("@Test func f() throws {}", "a test that throws without saying what"),
    ("struct S { @Test func f() throws {} }", "a test that throws without saying what"),
    ("@Test func f(x: Int) {}", "a test with parameters needs 'arguments:'"),
    ("func g() { @Test func f() {} }", "a test stands at the top level of a file or in a type"),
  ]) func refuses(source: String, message: String) throws {
    let (_, diagnostics) = expanded(source)
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.hasPrefix(message) == true, "\(diagnostics)")
  }

  @Test func writesDownWhereATestIs() {
    let (text, diagnostics) = expanded(
      "@Suite(\"All\", .serialized) struct S { struct T { @Test(\"good\", .disabled()) static func f() {} } }")
    #expect(diagnostics.isEmpty)
    #expect(
      text.contains(
        "[Testing._TestRecord.Suite(\"S\", \"All\", [.serialized]), Testing._TestRecord.Suite(\"T\", nil, [])], \"f()\", \"good\", [.disabled()]"
      ))
    #expect(text.contains("S.T.f()"))
    #expect(text.contains("@section(\"weft_tests\") @used private static let"))
  }

  @Test func passesArgumentsByTheirLabels() {
    let (text, _) = expanded("@Test(arguments: zip(a, b)) func f(_ x: Int, y z: String) {}")
    #expect(text.contains("arguments: { Testing._pairs(zip(a, b)) }, parameters: [\"x\", \"z\"]"))
    #expect(text.contains("(__weft_value: (Int, String)) in f(__weft_value.0, y: __weft_value.1)"))
  }

  @Test func aTestThatThrowsIsCopied() {
    let (text, diagnostics) = expanded(
      "@Suite struct S { @Test func f() throws {\n  let a = try #require(g())\n try h(a)\n try? k()\n} }")
    #expect(diagnostics.isEmpty)
    #expect(text.contains("@Testing._Emptied"))
    #expect(
      text.contains(
        "do { let a = Testing._requireValue(g(), \"g()\", nil, Testing.SourceLocation(fileID: #fileID, filePath: \"\", line: #line, column: #column)) try h(a)"
      ))
    #expect(text.contains("} catch { Testing.Issue.record(error"))
  }

  @Test func whatThrowsNothingIsNotCaught() {
    let (text, _) = expanded(
      "@Suite struct S { @Test func f() throws { _ = try #require(g()); run { try h() }; do { try h() } catch {} } }")
    #expect(!text.contains("Testing.Issue.record"))
  }

  @Test(arguments: [
    ("#expect(a == b)", "Testing._expect(Testing._compare(a, b, ==), \"a\", \"==\", \"b\", nil,"),
    ("#expect(a < b + 1, \"why\")", "Testing._expect(Testing._compare(a, b + 1, <), \"a\", \"<\", \"b + 1\", \"why\","),
    ("#expect(try f() == 1)", "try Testing._expect(Testing._compare(f(), 1, ==),"),
    ("#expect(a == nil)", "Testing._expect(a == nil, \"a == nil\", nil,"),
    ("#expect(a == b && c)", "Testing._expect(a == b && c, \"a == b && c\", nil,"),
    ("#require(a.count == 1)", "Testing._require(Testing._compare(a.count, 1, ==),"),
  ]) func checksKnowTheirSides(source: String, call: String) {
    #expect(expanded(source).text.contains(call), "\(expanded(source).text)")
  }

  @Test(arguments: [
    ("#expect(throws: E.self) { try f() }", "do throws(E) { Testing._discard(try f()) } catch {"),
    ("#expect(throws: A.E.some(1)) { let x = 1; try f(x) }", "do throws(A.E) { let x = 1; try f(x) } catch {"),
    ("#expect(throws: E()) { () throws(E) in try f() }", "do throws(E) { Testing._discard(try ({ () throws(E) in try f() })()) } catch {"),
    ("#expect(throws: Never.self) { f() }", "{ () -> Swift.Never? in Testing._discard(f()); return nil }()"),
  ]) func errorsAreCaughtByTheirType(source: String, text: String) {
    #expect(expanded(source).text.contains(text), "\(expanded(source).text)")
  }
}
