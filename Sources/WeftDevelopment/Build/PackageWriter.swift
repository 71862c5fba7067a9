import Foundation
import WeftPackaging

/// The one place that hands compiled modules to `WeftPackaging`.
struct PackageWriter {
  let product: String
  let configuration: Configuration

  func write(threads: URL, single: URL, to output: URL) throws {
    // Packaging
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    for (file, name) in [(threads, "\(product).wasm"), (single, "\(product).single.wasm")] {
      let target = output.appendingPathComponent(name)
      if target.exists { try FileManager.default.removeItem(at: target) }
      try FileManager.default.copyItem(at: file, to: target)
    }
  }
}
