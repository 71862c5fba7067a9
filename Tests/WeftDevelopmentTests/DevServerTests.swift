import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

/// The server as a browser, or somebody with worse intentions, sees it.
@Suite struct DevServerTests {
  /// Sends one request to a server over `site`, and gives its answer.
  private func ask(
    _ site: TemporaryFolder, _ path: String, method: String = "GET", headers: [String: String] = [:]
  ) async throws -> RawResponse {
    try await serving(site) { port, _ in
      let connection = try RawConnection(port: port)
      let lines = ["Host": "localhost", "Connection": "close"].merging(headers) { $1 }.map { "\($0): \($1)\r\n" }.joined()
      try connection.send("\(method) \(path) HTTP/1.1\r\n\(lines)\r\n")
      return try RawResponse(await connection.receiveAll())
    }
  }

  private func serving<R: Sendable>(
    _ site: TemporaryFolder, _ body: @escaping @Sendable (_ port: Int, DevServer) async throws -> R
  ) async throws -> R {
    let server = try DevServer(root: site.url, port: 0)
    let (results, continuation) = AsyncThrowingStream.makeStream(of: R.self)
    try await server.run { url in
      let port = try #require(url.port)
      continuation.yield(try await body(port, server))
    }
    return try #require(try await results.first { _ in true })
  }

  @Test(arguments: ["/index.html", "/missing", "/.git/config", "/..%2fx", "/folder"], ["GET", "HEAD", "POST"])
  func everyAnswerIsolates(path: String, method: String) async throws {
    let site = try TemporaryFolder()
    try site.write("x", to: "index.html")
    try site.write("x", to: "folder/file")
    let response = try await ask(site, path, method: method)
    #expect(response.headers["cross-origin-opener-policy"] == "same-origin")
    #expect(response.headers["cross-origin-embedder-policy"] == "require-corp")
    #expect(response.headers["cross-origin-resource-policy"] == "same-origin")
    #expect(response.headers["cache-control"] == "no-cache")
    if method == "HEAD" { #expect(response.body.isEmpty) }
    if method == "POST" {
      #expect(response.status == 405)
      #expect(response.headers["allow"] == "GET, HEAD")
    }
  }

  @Test(arguments: [
    ("a.wasm", "application/wasm"), ("a.js", "text/javascript; charset=utf-8"), ("a.mjs", "text/javascript; charset=utf-8"),
    ("a.html", "text/html; charset=utf-8"), ("a.d.ts", "text/plain; charset=utf-8"), ("a.json", "application/json"),
    ("a.SVG", "image/svg+xml"), ("a", "application/octet-stream"),
  ])
  func mediaTypes(name: String, type: String) async throws {
    let site = try TemporaryFolder()
    try site.write("content", to: name)
    let response = try await ask(site, "/\(name)")
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == type)
    #expect(response.body.hasPrefix("content"))
  }

  @Test func folders() async throws {
    let site = try TemporaryFolder()
    try site.write("inside", to: "a b/index.html")
    try site.write("x", to: "empty/file.txt")
    let redirect = try await ask(site, "/a%20b?q=1")
    #expect(redirect.status == 301)
    #expect(redirect.headers["location"] == "./a%20b/?q=1")
    #expect(try await ask(site, "/a%20b/").body.hasPrefix("inside"))
    #expect(try await ask(site, "/empty/").status == 404)
    #expect(try await ask(site, "/empty/file.txt/").status == 404)
    #expect(try await ask(site, "//example.org").status == 404)
  }

  @Test func neverLeavesTheRoot() async throws {
    let outside = try TemporaryFolder()
    let secret = try outside.write("secret", to: "secret.txt")
    let site = try TemporaryFolder()
    try site.write("hidden", to: ".env")
    try site.write("hidden", to: ".build/x.txt")
    try site.write("fine", to: "real.txt")
    let files = FileManager.default
    try files.createSymbolicLink(at: site.url.appendingPathComponent("out.txt"), withDestinationURL: secret)
    try files.createSymbolicLink(at: site.url.appendingPathComponent("out"), withDestinationURL: outside.url)
    try files.createSymbolicLink(
      at: site.url.appendingPathComponent("in.txt"), withDestinationURL: site.url.appendingPathComponent("real.txt"))
    try files.createSymbolicLink(atPath: site.url.appendingPathComponent("build").path, withDestinationPath: ".build")
    // A sibling whose name begins like the root's.
    let sibling = outside.url.deletingLastPathComponent().appendingPathComponent(site.url.lastPathComponent + "x")
    try files.createDirectory(at: sibling, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: sibling) }
    try Data("secret".utf8).write(to: sibling.appendingPathComponent("s.txt"))

    let name = outside.url.lastPathComponent
    for path in [
      "/out.txt", "/out/secret.txt", "/.env", "/%2eenv", "/.build/x.txt", "/build/x.txt", "/../\(name)/secret.txt",
      "/%2e%2e/\(name)/secret.txt", "/..%2f\(name)/secret.txt", "/a/../../\(name)/secret.txt", "/..\\\(name)\\secret.txt",
      "/../\(sibling.lastPathComponent)/s.txt", "/\(secret.path)", "/%2f\(secret.path)", "file://\(secret.path)", "/real.txt%00.html",
    ] {
      let response = try await ask(site, path)
      #expect(response.status == 404, "\(path)")
      #expect(!response.body.contains("secret\n") && !response.body.contains("hidden"), "\(path)")
    }
    #expect(try await ask(site, "/in.txt").body == "fine")
  }

  @Test func unreadableThingsAreNotFound() async throws {
    let site = try TemporaryFolder()
    #expect(mkfifo(site.url.appendingPathComponent("pipe.txt").path, 0o644) == 0)
    #expect(try await ask(site, "/pipe.txt").status == 404)
  }

  @Test func tags() async throws {
    let site = try TemporaryFolder()
    try site.write("one", to: "a.txt")
    let first = try await ask(site, "/a.txt")
    let tag = try #require(first.headers["etag"])
    #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
    for header in [tag, "\"other\", \(tag)", "W/\(tag)", "*"] {
      let again = try await ask(site, "/a.txt", headers: ["If-None-Match": header])
      #expect(again.status == 304)
      #expect(again.body.isEmpty)
      #expect(again.headers["etag"] == tag)
    }
    try site.write("two", to: "a.txt")
    let changed = try await ask(site, "/a.txt", headers: ["If-None-Match": tag])
    #expect(changed.status == 200)
    #expect(changed.body == "two")
  }

  @Test func ranges() async throws {
    let site = try TemporaryFolder()
    try site.write("0123456789", to: "a.bin")
    let part = try await ask(site, "/a.bin", headers: ["Range": "bytes=2-4"])
    #expect(part.status == 206)
    #expect(part.body == "234")
    #expect(part.headers["content-range"] == "bytes 2-4/10")
    #expect(part.headers["content-length"] == "3")
    let beyond = try await ask(site, "/a.bin", headers: ["Range": "bytes=10-"])
    #expect(beyond.status == 416)
    #expect(beyond.headers["content-range"] == "bytes */10")
    let tag = try #require(part.headers["etag"])
    #expect(try await ask(site, "/a.bin", headers: ["Range": "bytes=2-4", "If-Range": tag]).status == 206)
    #expect(try await ask(site, "/a.bin", headers: ["Range": "bytes=2-4", "If-Range": "\"old\""]).body == "0123456789")
  }

  @Test func headHasTheLengthAndNoBody() async throws {
    let site = try TemporaryFolder()
    try site.write("0123456789", to: "a.bin")
    let head = try await ask(site, "/a.bin", method: "HEAD")
    #expect(head.status == 200)
    #expect(head.headers["content-length"] == "10")
    #expect(head.body.isEmpty)
  }

  @Test func bigFilesArrive() async throws {
    let site = try TemporaryFolder()
    let line = String(repeating: "weft", count: 256)
    try site.write(String(repeating: line, count: 5000), to: "big.txt")
    let response = try await ask(site, "/big.txt")
    #expect(response.body.utf8.count == 1024 * 5000)
    #expect(response.headers["content-length"] == "5120000")
  }

  @Test func pagesReload() async throws {
    let site = try TemporaryFolder()
    try site.write("<html><body>hi</BODY></html>", to: "index.html")
    let page = try await ask(site, "/")
    #expect(page.body.contains(#/hi<script type="module" src="/.weft/reload.js\?revision=[a-z0-9-]+"></script></BODY>/#))
    #expect(page.headers["content-length"] == String(page.body.utf8.count))
    let script = try await ask(site, "/.weft/reload.js?revision=1")
    #expect(script.headers["content-type"] == "text/javascript; charset=utf-8")
    #expect(script.body.contains("EventSource"))
    #expect(try await ask(site, "/.weft/reload.js", method: "HEAD").body.isEmpty)
  }

  @Test func foreignHostsAreRefused() async throws {
    let site = try TemporaryFolder()
    try site.write("private", to: "a.txt")
    let response = try await ask(site, "/a.txt", headers: ["Host": "example.org"])
    #expect(response.status == 403)
    #expect(!response.body.contains("private"))
  }

  @Test(.timeLimit(.minutes(5))) func eventsTellOfBuilds() async throws {
    let site = try TemporaryFolder()
    try await serving(site) { port, server in
      let connection = try RawConnection(port: port)
      try connection.send("GET /.weft/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
      let first = await connection.receive(until: "\n\n\r\n")
      #expect(first.contains("text/event-stream"))
      let revision = try #require(first.firstMatch(of: #/event: revision\ndata: (\S+-)0\n/#)).1

      await server.succeed()
      // On a busy machine a sign of life may come between.
      let second = "event: revision\ndata: \(revision)1\n\n"
      #expect(await connection.receive(until: second).contains(second))
      await server.fail("a.swift: error: no\nsecond line")
      let failure = "event: failure\ndata: a.swift: error: no\ndata: second line\n\n"
      #expect(await connection.receive(until: failure).contains(failure))

      // A page that comes later is told of the failure as well.
      let late = try RawConnection(port: port)
      try late.send("GET /.weft/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
      #expect(await late.receive(until: "second line").contains("event: revision\ndata: \(revision)1\n"))
    }
  }

  @Test func aTakenPortIsExplained() async throws {
    let site = try TemporaryFolder()
    try await serving(site) { port, _ in
      let second = try DevServer(root: site.url, port: UInt16(port))
      let problem = await #expect(throws: Problem.self) { try await second.run { _ in } }
      #expect(problem?.message.contains("port \(port) of 127.0.0.1 is taken") == true)
      #expect(problem?.message.contains("--port") == true)
    }
  }

  @Test(arguments: ["example.org", "1.2.3", "", "999.1.1.1"])
  func onlyAddressesAreHosts(host: String) throws {
    let site = try TemporaryFolder()
    #expect(throws: Problem.self) { try DevServer(root: site.url, host: host, port: 0) }
  }

  @Test func aMissingRootIsExplained() {
    #expect(throws: Problem("there is no folder /no/such/folder to serve")) {
      try DevServer(root: URL(fileURLWithPath: "/no/such/folder"), port: 0)
    }
  }
}
