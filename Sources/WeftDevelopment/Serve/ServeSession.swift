import Foundation

/// `weft serve`: builds, serves, and builds again whenever a source changes, until it is cancelled.
public struct ServeSession: Sendable {
  private let build: BuildConversation
  private let builder: WebBuild
  private let request: WebBuild.Request
  private let further: [WebBuild.Request]
  private let server: DevServer
  private let console: Console
  private let watches: Bool

  /// Prepares a session that serves what `server` serves and builds what `request` asks for.
  ///
  /// - Parameter further: What is built after that, of the same package; nobody waits for it to be served.
  public init(
    builder: WebBuild, request: WebBuild.Request, further: [WebBuild.Request] = [], server: DevServer, watches: Bool,
    console: Console = .standard
  ) {
    build = BuildConversation(builder, console: console)
    self.builder = builder
    self.request = request
    self.further = further
    self.server = server
    self.watches = watches
    self.console = console
  }

  /// Runs until the task is cancelled.
  public func run() async throws {
    // The port is taken before the first build, which would be for nothing if it cannot be had.
    try await server.run { url in
      let manifest = try await builder.manifest(of: request.package)
      let product = try manifest.product(named: request.product)
      // Changes during the first build must not be missed, so watching starts before it.
      let tree = WatchedTree(folders: [request.package.folder] + manifest.localFolders, ignoring: ([request] + further).map(\.output))
      let changes = watches ? SourceWatcher.changes(in: tree) : nil
      await buildOnce([request])
      try Task.checkCancellation()
      console.say("Serving \(product) at \(url.absoluteString)")
      // Pages that are open by now need none of it, and do not reload.
      let last = Task { await buildOnce(further, tells: false) }
      if let changes {
        await follow(changes, after: last)
      } else {
        while true { try await Task.sleep(for: .seconds(3600)) }
      }
    }
  }

  /// Acts on changes. One that comes during a build ends it: its result would be old.
  private func follow(_ changes: AsyncStream<Changes>, after first: Task<Void, Never>) async {
    var building: Task<Void, Never>? = first
    for await change in changes {
      switch change.consequence {
      case .build:
        building?.cancel()
        await building?.value
        building = Task { await buildOnce([request] + further) }
      case .reload:
        await building?.value
        await server.succeed()
      case nil: break
      }
    }
    building?.cancel()
    await building?.value
  }

  /// Builds, and tells the console and the open pages what came of it.
  private func buildOnce(_ requests: [WebBuild.Request], tells: Bool = true) async {
    do {
      for request in requests { try await build.run(request) }
      if tells { await server.succeed() }
    } catch is CancellationError {
      return
    } catch let error as WebBuild.CompileError {
      console.complain("error: \(error.localizedDescription)")
      await server.fail(error.diagnostics)
    } catch {
      console.complain("error: \(error.localizedDescription)")
      await server.fail(error.localizedDescription)
    }
  }
}

extension PackageManifest {
  fileprivate var localFolders: [URL] {
    localDependencies.map { URL(fileURLWithPath: $0, isDirectory: true) }
  }
}
