import Foundation

/// The compiler's messages within what `swift build` prints.
enum Diagnostics {
  private static let steps = [
    "Building for ", "Compiling ", "Planning build", "Build complete!", "Build of product ", "Fetching ", "Fetched ", "Computing ",
    "Computed ", "Creating working copy", "Working copy of", "Updating ", "Updated ",
  ]

  /// What is left without the lines that only tell of progress.
  static func extract(from output: String) -> String {
    output.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in line.firstMatch(of: #/^\[\d+/\d+\] /#) == nil && !steps.contains { line.hasPrefix($0) } }
      .joined(separator: "\n")
      .trimmingCharacters(in: .newlines)
  }
}
