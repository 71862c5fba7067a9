import Foundation

/// The compiler's messages within what `swift build` prints.
enum Diagnostics {
  private static let steps = [
    "Building for ", "Compiling ", "Planning build", "Build complete!", "Build of product ", "Fetching ", "Fetched ", "Computing ",
    "Computed ", "Creating working copy", "Working copy of", "Updating ", "Updated ",
  ]

  /// What is left without the lines that only tell of progress, and with words for what the compiler says of the code that `@JS` generates.
  static func extract(from output: String) -> String {
    output.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in line.firstMatch(of: #/^\[\d+/\d+\] /#) == nil && !steps.contains { line.hasPrefix($0) } }
      .joined(separator: "\n")
      .trimmingCharacters(in: .newlines)
      .replacing(/cannot find(?: type)? '__weft_codec_(\w+)' in scope/) {
        "'\($0.1)' does not cross to JavaScript: mark its declaration with '@JS', or use a type that crosses"
      }
      .replacing("generic parameter 'Codec' could not be inferred", with: "this follows from a type that does not cross to JavaScript")
      .replacing(/invalid redeclaration of '__weft_(?:js|direct)_(\w+)(?:\(\))?'/) {
        "two declarations are exported to JavaScript as '\($0.1)': give one of them another name"
      }
      // Every target finds the compiled modules; what is in C only those do that depend on them.
      .replacing(
        "missing required module 'CWeftPlatform'",
        with: "a target imports Weft and does not depend on it: add .product(name: \"WeftLibrary\", package: \"weft\") to its dependencies")
  }
}
