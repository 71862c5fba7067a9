import Foundation

/// The installed Swift toolchain, seen to have what a build for the web needs.
public struct Toolchain: Equatable, Sendable {
  /// The `swift` command.
  public let swift: URL
  /// Its version, such as 6.3.
  public let version: Version
  /// What the compiler says of itself: the version to the last detail.
  package let compilerVersion: String
  /// The folder of its libraries, `lib/swift`.
  public let resources: URL
  /// The macro plug-in that implements `@JS`.
  public let plugin: URL

  /// The tables behind Unicode properties, which Embedded Swift links only when they are named.
  package func unicodeTables(for target: Target) -> URL {
    resources.appendingPathComponent("embedded/\(target.rawValue)/libswiftUnicodeDataTables.a")
  }

  /// What modules that run in a browser are compiled for.
  package enum Target: String, Sendable {
    /// Addresses of 32 bits, which every engine has.
    case wasm32 = "wasm32-unknown-none-wasm"
    /// Addresses of 64 bits, for memories of more than 4 GiB.
    case wasm64 = "wasm64-unknown-none-wasm"
  }

  /// Throws if the toolchain cannot build for addresses of 64 bits: only `--memory64` asks for that.
  package func checkMemory64() throws(Problem) {
    let target = Target.wasm64.rawValue
    for file in [resources.appendingPathComponent("embedded/Swift.swiftmodule/\(target).swiftmodule"), unicodeTables(for: .wasm64)]
    where !file.exists {
      throw Problem(
        "--memory64 needs a toolchain that can build for \(target), but that of \(swift.path) lacks \(file.path); "
          + "install one from https://swift.org/install, or build without --memory64")
    }
  }

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
