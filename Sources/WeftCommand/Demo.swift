import ArgumentParser
import Foundation
import WeftDevelopment

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Build Weft's demos and serve them.")

  @OptionGroup var address: ServeOptions

  func run() async throws {
    let package = try DemoPackage.find()
    Console.standard.say("Building the demos and serving them; a first build takes some twenty seconds, and Control-C ends it")
    func request(_ product: String, _ output: String) -> WebBuild.Request {
      let output = package.folder.appendingPathComponent(output, isDirectory: true)
      return WebBuild.Request(package: package, product: product, configuration: .release, output: output)
    }
    let server = try DevServer(root: package.folder, host: address.host, port: address.port)
    // The first is what the cards need. Pages have programs of their own, so that each loads little.
    let further = ["Pictures", "Worlds", "Lists", "Comparisons", "Bells", "Messages"].map { request($0, "\($0.lowercased())/pkg") }
    try await ServeSession(
      builder: try await WebBuild.ofThisCommand(), request: request("Demos", "pkg"),
      further: further, server: server, watches: true
    ).run()
  }
}
