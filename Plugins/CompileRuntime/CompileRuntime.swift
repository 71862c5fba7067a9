import Foundation
import PackagePlugin

/// Compiles the runtime for the web whenever the `weft` command is built and the runtime has changed, and tells the command where it is.
@main struct CompileRuntime: BuildToolPlugin {
  /// As `CompiledRuntime` has it, which tells by these whether a runtime is of the present sources.
  private static let sourceExtensions: Set = ["swift", "c", "h", "modulemap"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let checkout = context.package.directoryURL
    let runtime = try context.package.targets(named: ["Weft"])
    let modules = (runtime + runtime.flatMap(\.recursiveTargetDependencies)).compactMap(\.sourceModule)
      // What the macros depend on is of another package.
      .filter { $0.directoryURL.path.hasPrefix(checkout.path + "/Sources/") }
    let sources = try modules.flatMap { module in
      try FileManager.default.subpathsOfDirectory(atPath: module.directoryURL.path)
        .map { module.directoryURL.appending(path: $0) }
        .filter { Self.sourceExtensions.contains($0.pathExtension) }
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "CompiledRuntimeFolder.swift")
    return [
      .buildCommand(
        displayName: "Compiling Weft's runtime for the web",
        executable: try context.tool(named: "WeftRuntimeCompiler").url,
        arguments: [checkout.path, context.pluginWorkDirectoryURL.path, output.path],
        inputFiles: sources + [checkout.appending(path: "Package.swift")],
        outputFiles: [output])
    ]
  }
}
