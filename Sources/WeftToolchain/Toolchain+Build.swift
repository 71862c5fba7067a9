import Foundation

extension Toolchain {
  /// `swift build` of the package in `folder` for the web; what else it is to be told follows in `arguments`.
  ///
  /// - Parameters:
  ///   - scratch: Where SwiftPM builds.
  ///   - sdks: Where an ``SDKBundle`` has been written that has the variant's.
  package func build(
    _ folder: URL, for variant: Variant, configuration: String, scratch: URL, sdks: URL, _ arguments: [String],
    environment: [String: String]
  ) -> ChildProcess {
    ChildProcess(
      executable: swift,
      arguments: [
        "build", "--package-path", folder.path, "--scratch-path", scratch.path, "--configuration", configuration,
        "--swift-sdks-path", sdks.path, "--swift-sdk", variant.sdk,
      ] + arguments + ["--disable-automatic-resolution", "--disable-index-store"],
      environment: environment)
  }
}
