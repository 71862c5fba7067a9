import Foundation

@testable import WeftDevelopment
@testable import WeftToolchain

/// A toolchain of empty files and a shell script: enough to be examined, and to pretend to build.
struct FakeToolchain {
  let folder: TemporaryFolder
  var environment: [String: String] { ["PATH": "\(folder.url.path)/bin:/usr/bin:/bin"] }
  var plugin: URL { folder.url.appendingPathComponent("WeftMacros-tool") }

  /// The parts that a good toolchain has, apart from `bin/swift`.
  static let parts = [
    "lib/swift/embedded/Swift.swiftmodule/wasm32-unknown-none-wasm.swiftmodule",
    "lib/swift/embedded/wasm32-unknown-none-wasm/libswiftUnicodeDataTables.a", "bin/wasm-ld", "WeftMacros-tool",
  ]

  /// Makes one, in `place` if given, that says it is of `version`, without one of its parts, whose `swift build` and others run `script`.
  init(
    version: String = "Swift version 6.3.1 (swift-6.3.1-RELEASE)", without missing: String? = nil, script: String = "exit 3",
    in place: TemporaryFolder? = nil
  ) async throws {
    folder = try place ?? TemporaryFolder()
    for part in Self.parts where part != missing { try folder.write("", to: part) }
    try await folder.writeProgram(
      """
      if [ "$1" = -print-target-info ]; then
        echo '{"compilerVersion":"\(version)","paths":{"runtimeResourcePath":"\(folder.url.path)/lib/swift"}}'
        exit 0
      fi
      \(script)
      """, to: "bin/swift")
  }

  func examine() async throws -> Examination {
    try await Examination.run(environment: environment, plugin: plugin)
  }
}
