import Foundation

@testable import WeftDevelopment
@testable import WeftToolchain

/// A folder that is gone when the test is over.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appendingPathComponent("weft-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // Nothing depends on it: the system empties this place too.
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file, and the folders on the way to it.
  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file
  }

  /// Writes a program for the shell. Another process does it: a child that some other test starts just now would inherit the
  /// open file, and no program runs that is open for writing.
  func writeProgram(_ text: String, to path: String) async throws {
    let file = try write("", to: path)
    let shell = ChildProcess(
      executable: URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", #"printf '%s' "$1" > "$0" && chmod +x "$0""#, file.path, "#!/bin/sh\n" + text])
    let outcome = try await shell.run()
    guard outcome.status == 0 else { throw Problem(outcome.text) }
  }

  func read(_ path: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
  }
}
