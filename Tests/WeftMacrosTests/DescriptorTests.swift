import Foundation
import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import Testing

@testable import WeftMacros

@Suite struct DescriptorTests {
  /// What packaging will read of `source`'s only function, and the literal in which it travels.
  private func descriptor(of source: String) throws -> (fields: [String: Any], exportName: String) {
    let function = try #require(Parser.parse(source: source).statements.first?.item.as(FunctionDeclSyntax.self))
    var problems: [Diagnostic] = []
    let signature = JSSignature(of: function, problems: &problems)
    #expect(problems.isEmpty)
    let name = Descriptor().with("doc", DocumentationComment.text(of: function)).with(signature).encoded
    let json = try #require(name.dropFirst("weft:".count).removingPercentEncoding)
    return (try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]), name)
  }

  private func doc(_ comment: String) throws -> String? {
    try descriptor(of: "\(comment)\nfunc f() {}").fields["doc"] as? String
  }

  @Test func documentationArrivesIntact() throws {
    let text = #"Says "hi" \ \n %22 \u{1F98A} 🦊 é */ <b> \#u{1}"#
    let (fields, exportName) = try descriptor(of: "/// \(text)\n///\n/// Second \\(x).\n@JS func f() {}")
    #expect(fields["doc"] as? String == "\(text)\n\nSecond \\(x).")
    // What the compiler would take for an escape, the end of the literal or not take at all.
    #expect(exportName.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
  }

  @Test func lineComments() throws {
    #expect(try doc("/// One.\n///   - two\n///\n///three") == " One.\n   - two\n\nthree")
    #expect(try doc("///   One.\n///     two") == "One.\n  two")
    #expect(try doc("///\n/// One.   \n///") == "One.")
  }

  @Test func blockComments() throws {
    #expect(try doc("/** One. */") == "One.")
    #expect(try doc("/**\n   One.\n     - two\n\n   three\n */") == "One.\n  - two\n\nthree")
    #expect(try doc("/**\n * One.\n *\n *   - two\n */") == "One.\n\n  - two")
    #expect(try doc("/** One.\n    two */") == "One.\ntwo")
  }

  @Test func onlyTheCommentOfTheFunction() throws {
    #expect(try doc("// Ordinary.") == nil)
    #expect(try doc("/// Of something else.\n\n/// Mine.") == "Mine.")
    #expect(try doc("/// Of something else.\n// MARK: -\n/// Mine.\n") == "Mine.")
    #expect(try doc("///") == nil)
    #expect(try descriptor(of: "func f() {}").fields["doc"] == nil)
  }

  @Test func parametersAndResult() throws {
    let fields = try descriptor(of: "func f(a b: inout [Int], _ c: SharedBuffer<UInt64>, d: Bool) {}").fields
    let parameters = try #require(fields["parameters"] as? [[String: Any]])
    #expect(parameters.map { $0["name"] as? String } == ["b", "c", "d"])
    #expect(parameters.map { $0["type"] as? String } == ["[Int]", "SharedBuffer<UInt64>", "Bool"])
    #expect(parameters.map { $0["inout"] as? Bool } == [true, nil, nil])
    #expect(fields["result"] as? String == "Void")
    #expect(try descriptor(of: "func f() -> [UInt8] { [] }").fields["result"] as? String == "[UInt8]")
    let others = try descriptor(of: "func f(a: Int? = nil, b: String = \"x\") throws(E) {}").fields
    #expect((others["parameters"] as? [[String: Any]])?.map { $0["default"] as? String } == ["nil", "\"x\""])
    #expect(others["throws"] as? String == "E")
  }

  @Test(arguments: [
    ("Optional<Int>", "Int?"), ("Array< Point >", "[Point]"), ("Dictionary<String, [Bool]>", "[String: [Bool]]"), ("[[Int]]", "[[Int]]"),
    ("@escaping @Sendable (Int, _ b: String) -> Void", "(Int, String) -> Void"), ("((Double)->Int)?", "((Double) -> Int)?"),
    ("() throws(JSError) -> JSValue", "() throws(JSError) -> JSValue"), ("(Point)", "Point"), ("[String : Int?]", "[String: Int?]"),
  ])
  func spellings(_ written: String, _ spelling: String) throws {
    let fields = try descriptor(of: "func f(x: \(written)) {}").fields
    #expect((fields["parameters"] as? [[String: Any]])?.first?["type"] as? String == spelling)
  }

  @Test func tuples() throws {
    #expect(try descriptor(of: "func f() -> (a: Int, b: [Double]) {}").fields["result"] as? String == "(a: Int, b: [Double])")
    #expect(try descriptor(of: "func f() -> (Int, String?) {}").fields["result"] as? String == "(Int, String?)")
  }
}
