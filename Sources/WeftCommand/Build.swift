import ArgumentParser
import WeftDevelopment

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Build a package for the web into pkg/.")

  @OptionGroup var options: BuildOptions

  @Flag(help: "Make the modules of a release build smaller with wasm-opt of Binaryen, which must be in PATH.")
  var wasmOpt = false

  func run() async throws {
    var request = try options.request()
    request.usesWasmOptimizer = wasmOpt
    try await BuildConversation(options.builder()).run(request)
  }
}
