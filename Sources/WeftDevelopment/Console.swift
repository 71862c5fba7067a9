import Foundation

/// Lines for the user. Unlike `print` they are not held back when the output is a pipe, so that a program which
/// waits for a line sees it.
public struct Console: Sendable {
  private let out: @Sendable (String) -> Void
  private let err: @Sendable (String) -> Void

  /// Writes to the process's standard output and standard error.
  public static let standard = Console(
    out: { FileHandle.standardOutput.write(Data($0.utf8)) },
    err: { FileHandle.standardError.write(Data($0.utf8)) })

  /// Makes a console of two functions that take text with its line ends.
  public init(out: @escaping @Sendable (String) -> Void, err: @escaping @Sendable (String) -> Void) {
    self.out = out
    self.err = err
  }

  /// Writes one line of information.
  public func say(_ line: String) {
    out(line + "\n")
  }

  /// Writes one line about something that went wrong.
  public func complain(_ line: String) {
    err(line + "\n")
  }
}
