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
