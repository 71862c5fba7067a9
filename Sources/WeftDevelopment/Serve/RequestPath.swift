import Foundation

/// The path of a request, decoded once and known to stay below the root.
struct RequestPath: Equatable {
  /// The names between the slashes.
  let components: [String]
  /// Whether it ends in a slash, and so names a folder.
  let isFolder: Bool

  /// Reads the path of a request as it was sent. There is none for a path that is not absolute, is not well encoded, or
  /// holds `..`, a backslash, a control character or a name that begins with a dot, in whatever way it is written.
  init?(percentEncoded path: String) {
    guard path.hasPrefix("/") else { return nil }
    var components: [String] = []
    for name in path.dropFirst().split(separator: "/", omittingEmptySubsequences: true) {
      // A decoded name may hold a slash that was encoded: it is no name then.
      guard let name = String(name).removingPercentEncoding, !name.hasPrefix("."), !name.contains(where: { $0 == "/" || $0 == "\\" }),
        !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f })
      else { return nil }
      components.append(name)
    }
    self.components = components
    isFolder = path.hasSuffix("/")
  }
}
