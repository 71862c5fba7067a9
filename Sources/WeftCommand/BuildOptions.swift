import ArgumentParser
import Foundation
import WeftDevelopment

/// What every command that builds lets the user choose.
struct BuildOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the package.", discussion: "Default: here, or the nearest folder above.", valueName: "folder"))
  var packagePath: String?

  @Option(help: "The executable product to build. Needed only if several use Weft.")
  var product: String?

  @Option(help: ArgumentHelp("The folder to write, from the package's folder on.", valueName: "folder"))
  var output = "pkg"

  @Option(name: .shortAndLong, help: "release or debug.")
  var configuration = Configuration.release

  @Flag(help: "Write debug information, for the debugger of a browser. Debug builds always do.")
  var debug = false

  @Flag(name: .customLong("no-simd"), help: "Use no instructions that work on several numbers at once.")
  var avoidsSIMD = false

  @Flag(help: "Use addresses of 64 bits, for a memory of up to 16 GiB; only Chromium, Firefox, Deno and Node 24 run that.")
  var memory64 = false

  @Flag(help: "Show every command that runs, and everything it prints.")
  var verbose = false

  func request() throws -> WebBuild.Request {
    let package = try UserPackage(containing: URL(fileURLWithPath: packagePath ?? ".", isDirectory: true))
    var request = WebBuild.Request(
      package: package, product: product, configuration: configuration,
      output: URL(fileURLWithPath: output, isDirectory: true, relativeTo: package.folder).absoluteURL)
    request.hasDebugInformation = debug
    request.usesSIMD = !avoidsSIMD
    request.usesMemory64 = memory64
    return request
  }

  func builder() async throws -> WebBuild {
    let trace: @Sendable (String) -> Void = { Console.standard.complain($0) }
    return try await WebBuild.ofThisCommand(trace: verbose ? trace : nil)
  }
}

extension Configuration: ExpressibleByArgument {}
