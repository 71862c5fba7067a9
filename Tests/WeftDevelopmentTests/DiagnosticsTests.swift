import Testing

@testable import WeftDevelopment

@Test func onlyTheCompilersMessagesAreLeft() {
  let output = """
    Fetching https://example.org/a.git from cache
    Building for production...
    [0/3] Write sources
    [1/3] Compiling App App.swift
    /p/App.swift:1:5: warning: never used
    1 | let x = 1

      |     `- warning: never used
    [3/3] Linking App.wasm
    Build of product 'App' complete! (0.42s)

    """
  #expect(
    Diagnostics.extract(from: output) == """
      /p/App.swift:1:5: warning: never used
      1 | let x = 1

        |     `- warning: never used
      """)
}

@Test func generatedCodeIsExplained() {
  let output = """
    macro expansion @JS:6:41: error: cannot find '__weft_codec_Plain' in scope
    macro expansion @JS:6:36: error: generic parameter 'Codec' could not be inferred
    /p/App.swift:9:1: error: invalid redeclaration of '__weft_js_f()'
    /p/App.swift:9:1: error: invalid redeclaration of '__weft_direct_f'
    """
  #expect(
    Diagnostics.extract(from: output) == """
      macro expansion @JS:6:41: error: 'Plain' does not cross to JavaScript: mark its declaration with '@JS', or use a type that crosses
      macro expansion @JS:6:36: error: this follows from a type that does not cross to JavaScript
      /p/App.swift:9:1: error: two declarations are exported to JavaScript as 'f': give one of them another name
      /p/App.swift:9:1: error: two declarations are exported to JavaScript as 'f': give one of them another name
      """)
}

@Test func aForgottenDependencyIsExplained() {
  #expect(
    Diagnostics.extract(from: "<unknown>:0: error: missing required module 'CWeftPlatform'")
      == "<unknown>:0: error: a target imports Weft and does not depend on it: "
      + "add .product(name: \"WeftLibrary\", package: \"weft\") to its dependencies")
}
