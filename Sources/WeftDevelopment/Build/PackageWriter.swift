import Foundation
import WeftPackaging
import WeftToolchain

/// The one place that hands compiled modules to `WeftPackaging`.
struct PackageWriter {
  let product: String
  let configuration: Configuration
  let hasDebugInformation: Bool
  let demangler: Demangler
  /// Where files may be put that nobody needs later.
  let workFolder: URL

  /// Replaces the folder `output`, or leaves it as it was and throws.
  ///
  /// The modules are the same file if only one of them will be run.
  ///
  /// - Parameter imports: Where the app's own JavaScript is, if it has any.
  func write(threads: URL, single: URL, imports: URL, to output: URL) async throws {
    do {
      let names = try PackageBuilder.functionNames(in: [threads, single])
      let readable = try await demangler.readableNames(of: names, through: workFolder.appendingPathComponent("\(product).names"))
      let builder = PackageBuilder(
        product: product, configuration: configuration == .release ? .release : .debug, hasDebugInformation: hasDebugInformation,
        readableNames: readable)
      try builder.write(threaded: threads, single: single, imports: imports, isOneModule: threads == single, to: output)
    } catch let error as PackagingError {
      throw Problem(error.description)
    }
  }
}
