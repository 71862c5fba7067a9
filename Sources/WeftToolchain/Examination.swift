import Foundation

/// What `weft doctor` reports and `weft build` insists on: each thing a build needs, present or not.
public struct Examination: Sendable {
  /// One thing that was looked for.
  public struct Check: Sendable {
    /// What was looked for.
    public let subject: String
    /// Where or how it was found, or what is wrong and what to do about it.
    public let result: Result<String, Problem>
  }

  /// Every check that could be made, in order. A check that makes no sense after a failed one is left out.
  public private(set) var checks: [Check] = []
  /// The toolchain, or the first failure.
  public private(set) var toolchain: Result<Toolchain, Problem>

  private init(failing check: Check, with failure: Problem) {
    checks = [check]
    toolchain = .failure(failure)
  }

  private static let install = "install Swift \(Toolchain.Version.required) or newer from https://swift.org/install"

  /// Looks for everything, running `swift` once.
  public static func run(
    environment: [String: String] = ProcessInfo.processInfo.environment, plugin: URL = runningPlugin
  ) async throws -> Examination {
    guard let swift = ChildProcess.find("swift", environment: environment) else {
      return Examination(subject: "swift", failure: "there is no `swift` in PATH; \(install)")
    }
    let info: TargetInfo
    do {
      info = try await TargetInfo.of(swift: swift, environment: environment)
    } catch let failure as Problem {
      return Examination(subject: "swift", failure: failure.message)
    }
    return Examination(swift: swift, info: info, plugin: plugin, environment: environment)
  }

  private init(subject: String, failure message: String) {
    let failure = Problem(message)
    self.init(failing: Check(subject: subject, result: .failure(failure)), with: failure)
  }

  private init(swift: URL, info: TargetInfo, plugin: URL, environment: [String: String]) {
    let resources = URL(fileURLWithPath: info.paths.runtimeResourcePath, isDirectory: true)
    let version = Toolchain.Version(compilerVersion: info.compilerVersion)
    toolchain = .success(
      Toolchain(
        swift: swift, version: version ?? .init(major: 0, minor: 0), compilerVersion: info.compilerVersion, resources: resources,
        plugin: plugin))
    add("swift", found: swift.path, otherwise: nil)

    let isNewEnough = version.map { $0 >= .required } ?? false
    add(
      "Swift \(Toolchain.Version.required) or newer", found: info.compilerVersion,
      otherwise: isNewEnough
        ? nil : "Weft needs Swift \(Toolchain.Version.required) or newer, but \(swift.path) is \(info.compilerVersion); \(Self.install)")

    let target = Toolchain.Target.wasm32.rawValue
    let library = resources.appendingPathComponent("embedded/Swift.swiftmodule/\(target).swiftmodule")
    let tables = resources.appendingPathComponent("embedded/\(target)/libswiftUnicodeDataTables.a")
    for (subject, file) in [("standard library for \(target)", library), ("Unicode tables for \(target)", tables)] {
      add(
        subject, found: file.path,
        otherwise: file.exists
          ? nil : "the toolchain of \(swift.path) has no \(subject) (\(file.path) is missing); \(Self.install), not the one of Xcode")
    }

    let beside = resources.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("bin/wasm-ld")
    let linker = beside.exists ? beside : ChildProcess.find("wasm-ld", environment: environment)
    add(
      "wasm-ld, the linker", found: linker?.path ?? "",
      otherwise: linker != nil
        ? nil : "there is no `wasm-ld` beside \(swift.path) or in PATH; \(Self.install), or LLVM's linker (package `lld`)")

    add(
      "macro plug-in for @JS", found: plugin.path,
      otherwise: plugin.exists
        ? nil : "the macro plug-in \(plugin.path) is missing; run `swift build --product weft` to build it again")
  }

  /// Notes what was found, or the problem if there is one. The first problem decides.
  private mutating func add(_ subject: String, found: String, otherwise problem: String?) {
    guard let failure = problem.map(Problem.init) else {
      return checks.append(Check(subject: subject, result: .success(found)))
    }
    checks.append(Check(subject: subject, result: .failure(failure)))
    if case .success = toolchain { toolchain = .failure(failure) }
  }

  /// SwiftPM builds the plug-in into the same folder as the running command.
  public static var runningPlugin: URL {
    ToolLocation.folder.appendingPathComponent("WeftMacros-tool")
  }
}

extension URL {
  /// Whether there is a file or a folder.
  package var exists: Bool { FileManager.default.fileExists(atPath: path) }
}

/// What `swift -print-target-info` says, as far as Weft reads it.
private struct TargetInfo: Decodable {
  struct Paths: Decodable {
    let runtimeResourcePath: String
  }
  let compilerVersion: String
  let paths: Paths

  static func of(swift: URL, environment: [String: String]) async throws -> TargetInfo {
    let probe = ChildProcess(
      executable: swift, arguments: ["-print-target-info"], environment: environment, errors: .discarded)
    let outcome = try await probe.run()
    do {
      guard outcome.status == 0 else { throw Problem("exit status \(outcome.status)") }
      return try JSONDecoder().decode(TargetInfo.self, from: outcome.output)
    } catch {
      throw Problem("`\(swift.path) -print-target-info` did not describe a toolchain; is it Swift \(Toolchain.Version.required) or newer?")
    }
  }
}
