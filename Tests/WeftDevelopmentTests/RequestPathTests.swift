import Testing

@testable import WeftDevelopment

@Suite struct RequestPathTests {
  @Test func decodesNames() throws {
    let path = try #require(RequestPath(percentEncoded: "/a%20b/c.html"))
    #expect(path.components == ["a b", "c.html"])
    #expect(!path.isFolder)
    #expect(RequestPath(percentEncoded: "/")?.components == [])
    #expect(RequestPath(percentEncoded: "/a/")?.isFolder == true)
  }

  @Test(arguments: [
    "", "a", "http://example.org/a", "/..", "/../a", "/a/../../b", "/%2e%2e/a", "/%2E./a", "/a/.%2e", "/..%2fa", "/a%2fb", "/..%5ca",
    "/a\\b", "/%00", "/a%00.html", "/a%0ab", "/.git/config", "/a/.build/x", "/%2egit", "/a%", "/%zz", "/%c3%28",
  ])
  func refuses(path: String) {
    #expect(RequestPath(percentEncoded: path) == nil)
  }

  @Test func decodesOnlyOnce() {
    #expect(RequestPath(percentEncoded: "/%252e%252e/a")?.components == ["%2e%2e", "a"])
  }
}
