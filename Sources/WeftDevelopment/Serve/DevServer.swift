import FlyingFox
import FlyingSocks
import Foundation

/// The HTTP server of `weft serve`: files, the headers that let a page share memory, and the events that reload it.
public struct DevServer: Sendable {
  private let server: HTTPServer
  private let reload: LiveReload
  private let address: ListenAddress

  /// Prepares to serve the files below `root` at a host and a port; port 0 is any free one.
  public init(root: URL, host: String = "127.0.0.1", port: UInt16 = 8080) throws {
    let address = try ListenAddress(host: host, port: port)
    let reload = LiveReload()
    let handler = DevHandler(files: try FileServer(root: root), reload: reload, host: HostCheck(isLoopback: address.isLoopback))
    self.address = address
    self.reload = reload
    server = HTTPServer(config: .init(address: address.socket, logger: .disabled), handler: handler)
  }

  /// Serves until the task is cancelled. `whileRunning` is called with the URL of the site once requests are answered, and
  /// the server stops when it returns.
  public func run(_ whileRunning: @escaping @Sendable (URL) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await server.run()
        } catch let error as SocketError {
          throw address.explain(error)
        }
      }
      group.addTask { try await reload.keepAlive() }
      group.addTask {
        try await server.waitUntilListening()
        try await whileRunning(address.url(listening: await server.listeningAddress))
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Open pages reload: something new is served.
  public func succeed() async { await reload.succeed() }

  /// Open pages show why a build failed.
  public func fail(_ messages: String) async { await reload.fail(messages) }
}

/// Answers each request, and puts the same headers on every answer.
private struct DevHandler: HTTPHandler {
  let files: FileServer
  let reload: LiveReload
  let host: HostCheck

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    var response: HTTPResponse
    do {
      response = try await respond(to: request)
    } catch {
      response = FileServer.plain(.internalServerError, error.localizedDescription)
    }
    // The first two let a page share memory between threads; the third lets it load these files then.
    response.headers[HTTPHeader("Cross-Origin-Opener-Policy")] = "same-origin"
    response.headers[HTTPHeader("Cross-Origin-Embedder-Policy")] = "require-corp"
    response.headers[HTTPHeader("Cross-Origin-Resource-Policy")] = "same-origin"
    response.headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
    if request.method == .HEAD, case .httpBody(let body) = response.payload, let count = body.count, count > 0 {
      response.headers[.contentLength] = String(count)
      response.payload = .httpBody(HTTPBodySequence())
    }
    return response
  }

  private func respond(to request: HTTPRequest) async throws -> HTTPResponse {
    guard host.allows(request.headers[.host]) else {
      return FileServer.plain(.forbidden, "This server answers only to localhost; `weft serve --host` opens it to others.")
    }
    switch (request.target.path(), request.method) {
    case ("/.weft/events", .GET):
      return HTTPResponse(
        statusCode: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
        body: HTTPBodySequence(from: await reload.listen()))
    case (ReloadScript.path, .GET), (ReloadScript.path, .HEAD):
      return HTTPResponse(
        statusCode: .ok, headers: [.contentType: MediaType.of(ReloadScript.path), .cacheControl: "no-cache"],
        body: Data(PackageResources.reload_js))
    default:
      let revision = await reload.revision
      return try files.respond(to: request, page: (tag: revision, script: ReloadScript.element(revision: revision)))
    }
  }
}
