import ArgumentParser
import Foundation
import WeftDevelopment

struct New: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make a package that builds and serves at once.")

  @Argument(help: "The name of the package and of its folder.")
  var name: String

  @Option(help: "Where the package finds Weft: the folder of a clone, or a repository's URL. Default: the clone that weft was built from.")
  var weft: String?

  func run() async throws {
    let folder = try PackageTemplate(name: name, weft: weft).write(in: URL(fileURLWithPath: ".", isDirectory: true))
    Console.standard.say("Made \(folder.lastPathComponent). Go on with\n  cd \(folder.lastPathComponent) && swift run weft serve")
  }
}
