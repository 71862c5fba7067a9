import Foundation

/// Files that changed together.
struct Changes: Equatable, Sendable {
  /// Their paths.
  var paths: Set<String> = []
  /// So much changed that nobody could note it all.
  var isOverflow = false

  var isEmpty: Bool { paths.isEmpty && !isOverflow }

  /// What a change asks for.
  enum Consequence: Sendable {
    /// Compile again.
    case build
    /// Only show the page again.
    case reload
  }

  /// What these changes ask for, if anything.
  var consequence: Consequence? {
    if isOverflow || paths.contains(where: Self.isSource) { return .build }
    return paths.contains(where: MediaType.isKnown) ? .reload : nil
  }

  private static let sources: Set = ["swift", "c", "h", "cc", "cpp", "hpp", "s", "modulemap", "resolved"]

  private static func isSource(_ path: String) -> Bool {
    let path = path as NSString
    // The app's own module goes into the package.
    return path.lastPathComponent == "imports.js" || sources.contains(path.pathExtension.lowercased())
  }
}
