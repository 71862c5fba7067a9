import ArgumentParser

@main
struct WeftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weft",
    abstract: "Swift on every core of a browser tab.",
    subcommands: [Build.self])
}
