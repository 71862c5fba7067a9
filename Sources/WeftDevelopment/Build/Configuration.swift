/// How to compile.
public enum Configuration: String, CaseIterable, Sendable {
  /// Optimised.
  case release
  /// Not optimised, with debug information.
  case debug
}
