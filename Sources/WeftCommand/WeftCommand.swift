import ArgumentParser

@main
struct WeftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "weft")
}
