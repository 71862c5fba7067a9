import Foundation

/// The installed Swift toolchain, seen to have what a build for the web needs.
public struct Toolchain: Equatable, Sendable {
  /// The `swift` command.
  public let swift: URL
  /// Its version, such as 6.3.
  public let version: Version
  /// The folder of its libraries, `lib/swift`.
  public let resources: URL
  /// The macro plug-in that implements `@JS`.
  public let plugin: URL

  /// The tables behind Unicode properties, which Embedded Swift links only when they are named.
  var unicodeTables: URL {
    resources.appendingPathComponent("embedded/\(Self.target)/libswiftUnicodeDataTables.a")
  }

  /// The target of every module that runs in a browser.
  static let target = "wasm32-unknown-none-wasm"

  /// Looks at the toolchain in `PATH`; throws the first thing that is wrong with it.
  public static func find(environment: [String: String] = ProcessInfo.processInfo.environment) async throws -> Toolchain {
    try await Examination.run(environment: environment).toolchain.get()
  }
}

extension Toolchain {
  /// A version of Swift: the two numbers that matter.
  public struct Version: Comparable, CustomStringConvertible, Sendable {
    let major: Int
    let minor: Int

    /// The first version that can build for the web without a download.
    static let required = Version(major: 6, minor: 3)

    /// Reads the first `Swift version A.B` in what the compiler says of itself.
    init?(compilerVersion: String) {
      guard let match = compilerVersion.firstMatch(of: /Swift version (\d+)\.(\d+)/),
        let major = Int(match.1), let minor = Int(match.2)
      else { return nil }
      self.init(major: major, minor: minor)
    }

    init(major: Int, minor: Int) {
      self.major = major
      self.minor = minor
    }

    /// The version as people write it.
    public var description: String { "\(major).\(minor)" }

    /// Orders by age.
    public static func < (a: Version, b: Version) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
  }
}
