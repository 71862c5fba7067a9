import SwiftSyntaxMacrosGenericTestSupport
import Testing

@Suite struct JSImportMacroTests {
  @Test func functions() throws {
    let text = try expansion(of: "@JS(.module, on: .page, name: \"a.b\") func paint(_ x: Int, at place: Point) throws(JSError) -> String")
    #expect(
      text.contains(
        "@_extern(wasm, module: \"weft:js\", name: \"weft:{%22kind%22:%22import%22,%22name%22:%22paint%22,%22source%22:%22module%22"))
    #expect(text.contains("%22page%22:true,%22path%22:%22a.b%22"))
    #expect(text.contains("var __weft_call = _JSCall(import: __weft_js_paint(), onPage: true)"))
    #expect(text.contains("__weft_call.write(__weft_codec_Point.self, place)"))
    #expect(text.contains("return try __weft_call.tryPerform(String.self)"))
  }

  @Test func variables() throws {
    let text = try expansion(of: "@JSVariable(.global) var title: String")
    #expect(text.contains("var __weft_call = _JSCall(import: __weft_js_title() + 1, onPage: false)"))
    #expect(text.contains("__weft_call.write(String.self, newValue)"))
    #expect(text.contains("return __weft_call.perform(String.self)"))
  }

  @Test func refusals() throws {
    func messages(_ source: String) -> [String] { diagnostics(of: source) }
    #expect(messages("@JS(.global) func f() { print(1) }").contains { $0.hasPrefix("JavaScript has the body of this function") })
    #expect(messages("@JS(.global) func f(_ x: SharedBuffer<Int>)").contains { $0.hasPrefix("'SharedBuffer<Int>' cannot be passed to") })
    #expect(messages("@JS(.global) func f() throws(Oops)").contains { $0.hasPrefix("a function of JavaScript throws 'JSError'") })
    #expect(messages("@JSVariable(.global) var x: Int = 3").contains { $0.hasPrefix("'@JS' with a source needs") })
  }
}
