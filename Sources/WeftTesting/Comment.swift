/// Words of whoever wrote a test.
public struct Comment: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
  /// The words.
  public var rawValue: String

  /// Makes a comment.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Makes a comment of a literal.
  public init(stringLiteral: String) { rawValue = stringLiteral }

  /// The words.
  public var description: String { rawValue }
}
