/// How to compile.
public enum Configuration: String, CaseIterable, Sendable {
  /// Optimised, without debug information.
  case release
  /// Not optimised, with the names of functions.
  case debug
}
