import Foundation
import WeftDevelopment
import WeftToolchain

extension WebBuild {
  /// The builder with the toolchain of `PATH` and the runtime that was compiled with the command.
  static func ofThisCommand(trace: (@Sendable (String) -> Void)? = nil) async throws -> WebBuild {
    WebBuild(
      toolchain: try await Toolchain.find(), runtimeFolder: compiledRuntimeFolder.map { URL(fileURLWithPath: $0, isDirectory: true) },
      trace: trace)
  }
}
