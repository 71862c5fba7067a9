import ArgumentParser
import WeftDevelopment

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Build a package for the web into pkg/.")

  @OptionGroup var options: BuildOptions

  @Flag(
    name: .customLong("no-wasm-opt"),
    help: "Leave the modules as the compiler made them. Otherwise wasm-opt makes them smaller, if it is installed.")
  var avoidsWasmOptimizer = false

  func run() async throws {
    var request = try options.request()
    request.usesWasmOptimizer = !avoidsWasmOptimizer
    try await BuildConversation(options.builder()).run(request)
  }
}
