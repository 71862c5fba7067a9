import ArgumentParser
import Foundation
import WeftDevelopment

struct New: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make a package that builds and serves at once.")

  @Argument(help: "The name of the package and of its folder.")
  var name: String

  func run() async throws {
    let folder = try PackageTemplate(name: name).write(in: URL(fileURLWithPath: ".", isDirectory: true))
    Console.standard.say("Made \(folder.lastPathComponent). Go on with\n  cd \(folder.lastPathComponent) && swift run weft serve")
  }
}
