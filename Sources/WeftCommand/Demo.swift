import ArgumentParser
import Foundation
import WeftDevelopment

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Build Weft's demos and serve them.")

  @OptionGroup var address: ServeOptions

  func run() async throws {
    let package = try DemoPackage.find()
    Console.standard.say("Building the demos and serving them; a first build takes about ten seconds, and Control-C ends it")
    let request = WebBuild.Request(
      package: package, product: nil, configuration: .release, output: package.folder.appendingPathComponent("pkg", isDirectory: true))
    let server = try DevServer(root: package.folder, host: address.host, port: address.port)
    try await ServeSession(builder: WebBuild(toolchain: try await Toolchain.find()), request: request, server: server, watches: true).run()
  }
}
