import Foundation
import WeftToolchain

/// The copy of Weft's own package that the running command was built from.
enum WeftCheckout {
  /// The folder of Weft's `Package.swift`, if it is still where it was.
  static let folder: URL? = {
    // Up from Sources/WeftDevelopment/Template.
    let folder = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    return folder.appendingPathComponent("Package.swift").exists ? folder : nil
  }()
}
