import Foundation
import WeftToolchain

/// Compiles the runtime for the web, and writes where it is into a Swift file for the `weft` command.
///
/// The arguments: the folder of Weft's manifest, a folder to work in, the Swift file.
@main enum Main {
  static func main() async throws {
    let paths = CommandLine.arguments.dropFirst().map { URL(fileURLWithPath: $0) }
    precondition(paths.count == 3, "The plug-in CompileRuntime gives three paths")
    var runtime: URL?
    do {
      let compilation = RuntimeCompilation(checkout: paths[0], workFolder: paths[1], toolchain: try await Toolchain.find())
      runtime = try await compilation.run()
      try compilation.removeOld(but: runtime)
    } catch {
      // The command works without: it compiles the runtime with each package, and then says what is wrong.
      print(
        "note: a package's first build will take longer, for the runtime could not be compiled with weft: \(error.localizedDescription)")
    }
    let folder = runtime.map { String(reflecting: $0.path) } ?? "nil"
    let source = "/// Where the runtime is that was compiled with this command.\nlet compiledRuntimeFolder: String? = \(folder)\n"
    try Data(source.utf8).write(to: paths[2])
  }
}
