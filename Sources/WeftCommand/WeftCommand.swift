import ArgumentParser
import WeftDevelopment

/// The `weft` command: its overview, and what it does.
struct WeftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weft",
    abstract: "Swift on every core of a browser tab.",
    discussion: """
      Start here:
        swift run weft demo          watch parallel Swift in the browser
        swift run weft new MyApp     make a package that builds and serves at once

      In a package that depends on Weft:
        swift run weft serve         build, serve, and build again after every change
        swift run weft build         write pkg/, an ES module that a page imports
        swift run weft test          run the package's tests on threads in Node or a browser
      """,
    subcommands: [Build.self, Serve.self, Test.self, New.self, Demo.self, Doctor.self])
}
