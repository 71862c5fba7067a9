import ArgumentParser
import WeftDevelopment

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Build a package for the web into pkg/.")

  @OptionGroup var options: BuildOptions

  func run() async throws {
    try await BuildConversation(options.builder()).run(options.request())
  }
}
