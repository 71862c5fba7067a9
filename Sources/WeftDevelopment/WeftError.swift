import Foundation

/// An error that is told to the user as one line.
public protocol WeftError: LocalizedError, Sendable {}
