import ArgumentParser
import Foundation
import WeftDevelopment

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build a package, serve its folder, and build again after every change.",
    discussion: "Pages may share memory between threads (they are cross-origin isolated), and reload after a build.")

  @OptionGroup var options: BuildOptions
  @OptionGroup var address: ServeOptions

  @Option(help: ArgumentHelp("The folder to serve.", discussion: "Default: the package's folder.", valueName: "folder"))
  var root: String?

  @Flag(name: .customLong("no-watch"), help: "Build once, and do not look for changes.")
  var ignoresChanges = false

  func run() async throws {
    let request = try options.request()
    let root = root.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? request.package.folder
    let server = try DevServer(root: root, host: address.host, port: address.port)
    try await ServeSession(builder: options.builder(), request: request, server: server, watches: !ignoresChanges).run()
  }
}

/// Where to serve.
struct ServeOptions: ParsableArguments {
  @Option(help: "The port to listen on; 0 means any free one.")
  var port: UInt16 = 8080

  @Option(help: "The address to listen on. Others than this machine's own see no threads: browsers ask for HTTPS then.")
  var host = "127.0.0.1"
}
