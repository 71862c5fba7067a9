import Foundation

/// Where the running `weft` command is.
package enum ToolLocation {
  /// The folder that SwiftPM built the command into.
  package static var folder: URL {
    let executable = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return executable.resolvingSymlinksInPath().deletingLastPathComponent()
  }
}
