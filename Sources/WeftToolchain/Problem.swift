import Foundation

/// A failure that the user can act upon: what was expected, what came instead, and what to do.
///
/// Every error that leaves this module on purpose is one of these, so that the command prints it as a single line
/// beginning with `error:`.
public struct Problem: LocalizedError, Equatable, Sendable {
  /// The whole message, without the leading `error:`.
  public let message: String

  /// Makes a failure from its message.
  public init(_ message: String) {
    self.message = message
  }

  /// The message, as Foundation asks for it.
  public var errorDescription: String? { message }
}
