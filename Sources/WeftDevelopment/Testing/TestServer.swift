import FlyingFox
import FlyingSocks
import Foundation

/// Serves the page of the tests, hears its lines, and hands it commands.
struct TestServer: Sendable {
  private let server: HTTPServer
  private let address: ListenAddress

  /// Serves the files below `site`. `isIsolated`: whether the page may share memory.
  init(site: URL, isIsolated: Bool, commands: AsyncStream<String>, heard: @escaping @Sendable (String) -> Void) throws {
    address = try ListenAddress(host: "127.0.0.1", port: 0)
    let handler = TestHandler(
      files: try FileServer(root: site), isIsolated: isIsolated, commands: CommandQueue(commands), heard: heard)
    // A request for a command is answered when there is one.
    server = HTTPServer(config: .init(address: address.socket, timeout: 3600, logger: .disabled), handler: handler)
  }

  /// Serves until `body` returns; it gets the address of the page.
  func run(_ body: @escaping @Sendable (URL) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask {
        try await server.waitUntilListening()
        try await body(address.url(listening: await server.listeningAddress))
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}

/// Commands in their order, one for each request.
private actor CommandQueue {
  private var iterator: AsyncStream<String>.Iterator

  init(_ commands: AsyncStream<String>) { iterator = commands.makeAsyncIterator() }

  func next() async -> String {
    var own = iterator
    let command = await own.next(isolation: self)
    iterator = own
    return command ?? ""
  }
}

private struct TestHandler: HTTPHandler {
  let files: FileServer
  let isIsolated: Bool
  let commands: CommandQueue
  let heard: @Sendable (String) -> Void
  private let host = HostCheck(isLoopback: true)

  init(files: FileServer, isIsolated: Bool, commands: CommandQueue, heard: @escaping @Sendable (String) -> Void) {
    self.files = files
    self.isIsolated = isIsolated
    self.commands = commands
    self.heard = heard
  }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard host.allows(request.headers[.host]) else { return FileServer.plain(.forbidden, "This server answers only to localhost.") }
    var response: HTTPResponse
    switch (request.target.path(), request.method) {
    case ("/lines", .POST):
      let text = String(decoding: try await request.bodyData, as: UTF8.self)
      for line in text.split(separator: "\n") { heard(String(line)) }
      response = HTTPResponse(statusCode: .noContent)
    case ("/command", .GET):
      let command = await commands.next()
      response = HTTPResponse(statusCode: .ok, headers: [.contentType: "application/json"], body: Data(command.utf8))
    case ("/favicon.ico", .GET):
      response = HTTPResponse(statusCode: .noContent)
    default:
      response = try files.respond(to: request, page: (tag: "", script: ""))
    }
    if isIsolated {
      response.headers[HTTPHeader("Cross-Origin-Opener-Policy")] = "same-origin"
      response.headers[HTTPHeader("Cross-Origin-Embedder-Policy")] = "require-corp"
    }
    return response
  }
}
