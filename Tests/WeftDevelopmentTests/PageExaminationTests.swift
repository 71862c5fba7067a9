import FlyingFox
import FlyingSocks
import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

/// `weft doctor URL` against hosts that each do one thing wrong.
@Suite struct PageExaminationTests {
  @Test func aGoodHostPasses() async throws {
    let examination = try await Host().examine()
    #expect(examination.canRunThreads)
    #expect(examination.said(.failure) == [] && examination.said(.advice) == [])
    #expect(
      examination.said(.good).map { String($0.prefix { $0 != ":" }) } == [
        "page", "secure context", "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "package", "scripts", "worker.js",
        "app.wasm",
      ])
  }

  @Test(arguments: [
    ("Cross-Origin-Opener-Policy", "", "the host does not send it; send `Cross-Origin-Opener-Policy: same-origin`"),
    ("Cross-Origin-Opener-Policy", "same-origin-allow-popups", "the host sends `same-origin-allow-popups`; send"),
    ("Cross-Origin-Embedder-Policy", "", "the host does not send it; send `Cross-Origin-Embedder-Policy: require-corp`"),
    ("Cross-Origin-Embedder-Policy", "require-corp, require-corp", "the host sends `require-corp, require-corp`"),
    ("Permissions-Policy", "camera=(), cross-origin-isolated=()", "forbids the page to share memory"),
    ("Permissions-Policy", "cross-origin-isolated=(\"https://example.org\")", "forbids the page to share memory"),
    ("Content-Security-Policy", "script-src 'self'", "it forbids WebAssembly; add 'wasm-unsafe-eval' to script-src"),
    ("Content-Security-Policy", "default-src 'self'", "it forbids WebAssembly"),
    ("Content-Security-Policy", "script-src 'wasm-unsafe-eval'", "add 'self' to script-src"),
    ("Content-Security-Policy", "worker-src 'none'", "worker.js; add 'self' to worker-src"),
    ("Content-Security-Policy", "connect-src https://example.org", "app.wasm; add 'self' to connect-src"),
    ("Content-Security-Policy", "default-src *; require-trusted-types-for 'script'", "forbids to start workers by their address"),
  ])
  func headersOfThePage(name: String, value: String, text: String) async throws {
    var host = Host()
    host.change("/", header: name, to: value)
    let examination = try await host.examine()
    #expect(!examination.canRunThreads)
    #expect(examination.said(.failure).contains { $0.hasPrefix("\(name): ") && $0.contains(text) }, "\(examination.said(.failure))")
  }

  @Test(arguments: [
    ("Cross-Origin-Opener-Policy", "same-origin; report-to=\"a\""), ("Cross-Origin-Embedder-Policy", "credentialless"),
    ("Permissions-Policy", "cross-origin-isolated=(self)"), ("Permissions-Policy", "cross-origin-isolated=*"),
    ("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"),
    ("Content-Security-Policy", "script-src 'nonce-1' 'strict-dynamic' 'wasm-unsafe-eval'"),
  ])
  func headersThatAreFine(name: String, value: String) async throws {
    var host = Host()
    host.change("/", header: name, to: value)
    #expect(try await host.examine().said(.failure) == [])
  }

  @Test func policiesInThePage() async throws {
    var host = Host()
    host.pages["/"]?.body = "<meta http-equiv=\"content-security-policy\" content=\"script-src 'self'\">" + Host.page
    #expect(try await host.examine().said(.failure).contains { $0.contains("'wasm-unsafe-eval'") })
  }

  @Test(arguments: [
    ("/pkg/runtime.js", "Content-Type", "text/plain", "is sent as text/plain, and browsers refuse to run that; send it as text/javascript"),
    ("/pkg/worker.js", "Content-Type", "text/html", "send it as text/javascript. Is it there at all?"),
    ("/pkg/worker.js", "Content-Type", "", "is sent without a Content-Type"),
    ("/pkg/worker.js", "Cross-Origin-Embedder-Policy", "", "worker.js: isolated pages start no worker"),
    ("/pkg/app.wasm", "Content-Type", "text/html", "app.wasm is sent as a page (text/html). Is it there at all?"),
  ])
  func filesThatCannotWork(path: String, header: String, value: String, text: String) async throws {
    var host = Host()
    host.change(path, header: header, to: value)
    let failures = try await host.examine().said(.failure)
    #expect(failures.contains { $0.contains(text) }, "\(failures)")
  }

  @Test func onlyWhatMayBeAWorkerIsTakenForOne() {
    let script = """
      start(() => new Worker(new URL("./worker.js", import.meta.url), { type: "module" })); const place = new URL('other.js', import.meta.url);
      readAtOnce(new URL("./symbols.js",import.meta.url));
      """
    #expect(
      References.files(of: script) == [
        .init(name: "./worker.js", mayBeWorker: true), .init(name: "other.js", mayBeWorker: true),
        .init(name: "./symbols.js", mayBeWorker: false),
      ])
  }

  @Test(arguments: ["/pkg/runtime.js", "/pkg/worker.js", "/pkg/app.wasm"])
  func missingFiles(path: String) async throws {
    var host = Host()
    host.pages[path] = nil
    let failures = try await host.examine().said(.failure)
    #expect(failures.contains { $0.contains("\(path) answers with status 404; publish every file of the package") }, "\(failures)")
  }

  @Test(arguments: [
    ("/pkg/app.wasm", "Content-Type", "application/octet-stream", "send it as application/wasm"),
    ("/pkg/app.wasm", "ETag", "", "send `Cache-Control: no-cache` and an `ETag`"),
    ("/pkg/shared.js", "Cross-Origin-Embedder-Policy", "", "WebKit starts only one worker"),
    ("/", "Cross-Origin-Embedder-Policy", "credentialless", "Safari does not know"),
  ])
  func advice(path: String, header: String, value: String, text: String) async throws {
    var host = Host()
    host.change(path, header: header, to: value)
    let examination = try await host.examine()
    #expect(examination.canRunThreads)
    #expect(examination.said(.advice).contains { $0.contains(text) }, "\(examination.said(.advice))")
  }

  @Test func aPageWithoutHTTPS() async throws {
    let examination = try await Host().examine(name: "0.0.0.0")
    #expect(examination.said(.failure).count == 1 && examination.said(.failure).first?.hasPrefix("secure context: ") == true)
    #expect(examination.said(.failure).first?.hasSuffix("serve the page over HTTPS") == true)
  }

  @Test func aPackageOnAnotherHost() async throws {
    let other = Host()
    let examination = try await other.running { port in
      var host = Host()
      host.pages["/"]?.body = "<script type=module>import init from \"http://localhost:\(port)/pkg/index.js\"</script>"
      return try await host.examine()
    }
    // Its worker is started by a script of the page's own.
    #expect(examination.said(.good).contains { $0.contains("a `blob:` script of the page's starts it") })
    let failures = examination.said(.failure)
    #expect(failures.filter { $0.contains("send `Access-Control-Allow-Origin: *` there") }.count == 5)
  }

  @Test func bigModulesShouldBeCompressed() async throws {
    var host = Host()
    host.pages["/pkg/app.wasm"]?.body = String(repeating: "x", count: 100_000)
    #expect(try await host.examine().said(.advice).contains { $0.contains("uncompressed, 97 KB") })
  }

  @Test func whatOtherHostsSend() async throws {
    var host = Host()
    host.pages["/"]?.body = "<img src='https://example.org/a.png'><img crossorigin src='https://example.org/b.png'>" + Host.page
    let advice = try await host.examine().said(.advice)
    #expect(advice.count == 1 && advice[0].contains("https://example.org/a.png loads only if"))
  }

  // The service worker.

  @Test func aServiceWorkerSendsTheHeaders() async throws {
    let examination = try await Host(isolatedBy: "isolation.js").examine()
    #expect(examination.said(.failure) == [])
    #expect(examination.said(.good).contains("Cross-Origin-Opener-Policy: added by the service worker isolation.js"))
    #expect(examination.said(.good).contains("worker.js: Cross-Origin-Embedder-Policy: added by the service worker isolation.js"))
  }

  @Test func aServiceWorkerOfAnotherFolder() async throws {
    let failures = try await Host(isolatedBy: "pkg/isolation.js").examine().said(.failure)
    #expect(failures.contains { $0.hasPrefix("isolation.js: it reaches only pages in http://") && $0.contains("copy it from the package") })
    #expect(failures.contains { $0.hasPrefix("Cross-Origin-Opener-Policy: the host does not send it") })
  }

  @Test func aServiceWorkerThatIsMissing() async throws {
    var host = Host(isolatedBy: "isolation.js")
    host.pages["/isolation.js"] = nil
    #expect(try await host.examine().said(.failure).contains { $0.contains("isolation.js answers with status 404") })
  }

  @Test func aPackageThatTheServiceWorkerDoesNotReach() async throws {
    var host = Host(isolatedBy: "isolation.js")
    host.pages["/app/"] = host.pages["/"]
    host.pages["/app/isolation.js"] = host.pages["/isolation.js"]
    host.pages["/app/"]?.body = "<script src=isolation.js></script><script type=module>import \"/pkg/index.js\"</script>"
    let failures = try await host.examine("app/").said(.failure)
    #expect(failures.count == 1 && failures[0].contains("put isolation.js into a folder that holds both"), "\(failures)")
  }

  // Where the package is.

  @Test func packagesAreFoundThroughScripts() async throws {
    var host = Host()
    host.pages["/"]?.body = "<!doctype html><!-- <script src=old.js></script> --><script type=\"module\" src='main.js'></script>"
    host.pages["/main.js"] = Host.script("const { default: init } = await import(\"./deep/pkg/index.js\");")
    for name in ["index.js", "runtime.js", "worker.js", "shared.js", "app.wasm"] { host.move("/pkg/\(name)", to: "/deep/pkg/\(name)") }
    let examination = try await host.examine()
    #expect(examination.said(.failure) == [])
    #expect(examination.said(.good).contains { $0.hasPrefix("package: http://") && $0.hasSuffix("/deep/pkg/") })
  }

  @Test func otherScriptsOfThePageDoNotMatter() async throws {
    var host = Host()
    host.pages["/"]?.body = "<script src=missing.js></script><script src=/other/plain.js></script>" + Host.page
    host.pages["/other/plain.js"] = Host.Page(body: "", headers: ["Content-Type": "text/plain"])
    let examination = try await host.examine()
    #expect(examination.said(.failure) == [] && examination.said(.good).contains("scripts: 4, sent as JavaScript"))
  }

  @Test func scriptsThatLeadToThePackageDo() async throws {
    var host = Host()
    host.pages["/"]?.body = "<script type=module src=/other/main.js></script>"
    host.pages["/other/main.js"] = Host.Page(body: "import init from '../pkg/index.js'", headers: ["Content-Type": "text/plain"])
    #expect(try await host.examine().said(.failure).first?.contains("/other/main.js is sent as text/plain") == true)
  }

  @Test func packagesThatABundlerHasMade() async throws {
    var host = Host()
    host.pages["/"]?.body = "<script type=\"module\" crossorigin src=\"/assets/index-1a.js\"></script>"
    host.pages["/assets/index-1a.js"] = Host.script(
      "const f=()=>new URL(\"/assets/app-2b.wasm\",import.meta.url),w=()=>new Worker(new URL(\"/assets/worker-3c.js\",import.meta.url));")
    host.move("/pkg/app.wasm", to: "/assets/app-2b.wasm")
    host.pages["/assets/worker-3c.js"] = Host.script("")
    let examination = try await host.examine()
    #expect(examination.said(.failure) == [])
    #expect(
      examination.said(.good).contains { $0.hasPrefix("worker-3c.js: ") }
        && examination.said(.good).contains { $0.hasPrefix("app-2b.wasm: ") })
  }

  @Test func packagesThatNobodyNames() async throws {
    var host = Host()
    host.pages["/"]?.body = "<!doctype html>"
    #expect(try await host.examine().said(.failure) == [])
    for name in ["index.js", "runtime.js", "worker.js", "shared.js", "app.wasm"] { host.move("/pkg/\(name)", to: "/other/\(name)") }
    let failures = try await host.examine().said(.failure)
    #expect(failures.count == 1 && failures[0].contains("say where it is, relative to the page: --package PATH"), "\(failures)")
    #expect(try await host.examine(package: "other").said(.failure) == [])
    #expect(try await host.examine(package: "none").said(.failure).contains { $0.contains("/none/index.js answers with status 404") })
  }

  // Pages that cannot be had.

  @Test func statusAndType() async throws {
    let host = Host()
    #expect(try await host.examine("none").said(.failure).contains { $0.contains("/none answers with status 404") })
    let script = try await host.examine("pkg/index.js")
    #expect(script.findings.count == 1 && script.said(.failure).first?.contains("is sent as text/javascript; a page is text/html") == true)
  }

  @Test func redirects() async throws {
    var host = Host()
    host.pages["/old"] = Host.Page(body: "", headers: ["Location": "/"], status: 301)
    host.pages["/round"] = Host.Page(body: "", headers: ["Location": "/round"], status: 302)
    let examination = try await host.examine("old")
    #expect(examination.said(.failure) == [])
    #expect(examination.said(.good).first?.contains("/old is redirected") == true)
    #expect(try await host.examine("round").said(.failure).first?.contains("is redirected again and again") == true)
  }

  @Test func hostsThatDoNotAnswer() async throws {
    #expect(
      await PageExamination.run(address: "http://host.invalid/", seconds: 120).said(.failure) == [
        "page: there is no host host.invalid as far as this machine can tell; check the spelling and the DNS entry"
      ])
    #expect(
      await PageExamination.run(address: "http://127.0.0.1:1/", seconds: 120).said(.failure).first?.contains(
        "127.0.0.1, port 1 does not answer as a web server") == true)
    #expect(await PageExamination.run(address: "ftp://example.org").said(.failure).first?.contains("is no address of a page") == true)
    #expect(try await Host().examine(scheme: "https").said(.failure).first?.contains("no safe connection to localhost, port") == true)
  }

  @Test(.timeLimit(.minutes(5))) func hostsThatAreSilent() async throws {
    var host = Host()
    host.pages["/"]?.isSilent = true
    #expect(try await host.examine(seconds: 0.5).said(.failure).first?.contains("within 1 s") == true)
  }

  @Test(arguments: [
    ("example.org", "https://example.org/"), ("localhost:8080", "http://localhost:8080/"), ("127.0.0.1:1/a#b", "http://127.0.0.1:1/a"),
    ("http://example.org/a?b", "http://example.org/a?b"),
  ])
  func addresses(_ text: String, _ url: String) {
    #expect(PageExamination.url(of: text)?.absoluteString == url)
  }

  @Test(arguments: [
    ("https://example.org", true), ("http://localhost:1", true), ("http://a.localhost", true), ("http://[::1]:8080/", true),
    ("http://127.0.0.1", true), ("http://example.org", false), ("http://192.168.1.2", false),
  ])
  func secureContexts(_ url: String, _ isSecure: Bool) throws {
    #expect(try #require(URL(string: url)).isSecureContext == isSecure)
  }
}

extension PageExamination {
  fileprivate func said(_ verdict: Verdict) -> [String] {
    findings.filter { $0.verdict == verdict }.map { "\($0.subject): \($0.text)" }
  }
}

/// A host on this machine with a page and a package; everything is right until a test changes it.
private struct Host: HTTPHandler {
  struct Page: Sendable {
    var body: String
    var headers: [String: String]
    var status = 200
    var isSilent = false
  }

  static let page = "<!doctype html><script type=\"module\">import init from \"./pkg/index.js\"; await init();</script>"

  static func script(_ text: String) -> Page {
    Page(body: text, headers: ["Content-Type": "text/javascript; charset=utf-8", "Cross-Origin-Embedder-Policy": "require-corp"])
  }

  var pages: [String: Page] = [
    "/": Page(
      body: page,
      headers: [
        "Content-Type": "text/html", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
      ]),
    "/pkg/index.js": script(
      "import { start } from \"./runtime.js\";\nnew URL(\"./app.wasm\", import.meta.url); new URL(\"./worker.js\", import.meta.url);"),
    "/pkg/runtime.js": script("import { a } from \"./shared.js\"; if (0) await import(\"node:fs\");"),
    "/pkg/worker.js": script("import { a } from \"./shared.js\";"),
    "/pkg/shared.js": script("export const a = 1;"),
    "/pkg/app.wasm": Page(body: "\0asm", headers: ["Content-Type": "application/wasm", "ETag": "\"1\""]),
  ]

  init() {}

  /// One that sends no headers, and whose page loads the service worker from `path`.
  init(isolatedBy path: String) {
    for (name, page) in pages { pages[name]?.headers = page.headers.filter { !$0.key.hasPrefix("Cross-Origin") } }
    pages["/"]?.body = "<script src=\"\(path)\"></script>" + Self.page
    pages["/\(path)"] = Page(body: "", headers: ["Content-Type": "text/javascript"])
  }

  /// Sends another value of a header, or none.
  mutating func change(_ path: String, header: String, to value: String) {
    pages[path]?.headers[header] = value.isEmpty ? nil : value
  }

  mutating func move(_ path: String, to other: String) {
    pages[other] = pages.removeValue(forKey: path)
  }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard let page = pages[request.target.path()] else { return HTTPResponse(statusCode: .notFound) }
    if page.isSilent { try await Task.sleep(for: .seconds(30)) }
    let headers = HTTPHeaders(Dictionary(uniqueKeysWithValues: page.headers.map { (HTTPHeader($0), $1) }))
    return HTTPResponse(statusCode: HTTPStatusCode(page.status, phrase: "Told"), headers: headers, body: Data(page.body.utf8))
  }

  func examine(
    _ path: String = "", scheme: String = "http", name: String = "localhost", package: String? = nil, seconds: Double = 120
  ) async throws -> PageExamination {
    try await running { await PageExamination.run(address: "\(scheme)://\(name):\($0)/\(path)", package: package, seconds: seconds) }
  }

  func running<R: Sendable>(_ body: (_ port: UInt16) async throws -> R) async throws -> R {
    let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), logger: .disabled, handler: self)
    let running = Task { try await server.run() }
    defer { running.cancel() }
    // On a busy machine many tests begin at once, and answers take long, too.
    try await server.waitUntilListening(timeout: 60)
    guard case .ip4(_, let port) = await server.listeningAddress else { throw Problem("the test's host has no port") }
    return try await body(port)
  }
}
