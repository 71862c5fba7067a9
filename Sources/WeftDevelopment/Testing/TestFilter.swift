import WeftToolchain

/// Which tests are wanted: those of which one of the patterns matches a part of `Module.Suite/name()`.
// Unchecked: `Regex` is not marked `Sendable`, and matching changes nothing of these.
struct TestFilter: @unchecked Sendable {
  private let patterns: [Regex<AnyRegexOutput>]

  /// None means all tests.
  init(_ patterns: [String]) throws(Problem) {
    var read: [Regex<AnyRegexOutput>] = []
    for pattern in patterns {
      do {
        read.append(try Regex(pattern))
      } catch {
        throw Problem("--filter takes a regular expression, and \(pattern) is none: \(error)")
      }
    }
    self.patterns = read
  }

  func wants(_ test: TestDescription) -> Bool { patterns.isEmpty || patterns.contains { test.identifier.contains($0) } }
}
