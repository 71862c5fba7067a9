import Foundation
import WeftPackaging

/// The one place that hands compiled modules to `WeftPackaging`.
struct PackageWriter {
  let product: String
  let configuration: Configuration

  /// Replaces the folder `output`, or leaves it as it was and throws.
  ///
  /// - Parameter imports: Where the app's own JavaScript is, if it has any.
  func write(threads: URL, single: URL, imports: URL, to output: URL) throws {
    let builder = PackageBuilder(product: product, configuration: configuration == .release ? .release : .debug)
    do {
      try builder.write(threaded: threads, single: single, imports: imports, to: output)
    } catch let error as PackagingError {
      throw Problem(error.description)
    }
  }
}
