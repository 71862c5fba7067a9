import Foundation
import WeftToolchain

/// The package of Weft's demos.
public enum DemoPackage {
  /// Finds it in the package around the current folder, or in the copy of Weft that the command was built from.
  public static func find() throws(Problem) -> UserPackage {
    let here = (try? UserPackage(containing: URL(fileURLWithPath: ".", isDirectory: true)))?.folder
    for folder in [here, WeftCheckout.folder].compactMap({ $0?.appendingPathComponent("Demos", isDirectory: true) })
    where folder.appendingPathComponent("Package.swift").exists {
      return try UserPackage(containing: folder)
    }
    throw Problem("there is no folder Demos here or where weft was built from; run `swift run weft demo` in a clone of Weft")
  }
}
