import Foundation
import WeftToolchain

/// The packages that a package depends on, as the host's build has resolved and fetched them. The builds for the web
/// only use what is there: two of them run at once, and neither may change `Package.resolved`.
struct Dependencies {
  let package: UserPackage
  let toolchain: Toolchain

  /// Resolves now if that has never been done for a package that needs it.
  func resolveIfNeeded(_ manifest: PackageManifest) async throws {
    guard manifest.hasRemoteDependencies, !package.folder.appendingPathComponent("Package.resolved").exists else { return }
    try await resolve()
  }

  /// Whether a build failed because the manifest asks for something that is not resolved yet.
  static func isOutOfDate(_ output: String) -> Bool {
    output.contains("out-of-date resolved file") || output.contains("resolved file is required")
  }

  /// Resolves and fetches, as any `swift build` on the host would.
  func resolve() async throws {
    let command = ChildProcess(executable: toolchain.swift, arguments: ["package", "--package-path", package.folder.path, "resolve"])
    let outcome = try await command.run()
    guard outcome.status == 0 else { throw Problem("the package's dependencies could not be resolved; Swift said:\n\(outcome.text)") }
  }

  /// Links what has been fetched into a scratch folder, so that it need not be fetched once more for it.
  func share(with scratch: URL) throws {
    let state = "workspace-state.json"
    let files = FileManager.default
    try files.createDirectory(at: scratch, withIntermediateDirectories: true)
    for name in ["checkouts", "repositories"] where package.buildFolder.appendingPathComponent(name).exists {
      let link = scratch.appendingPathComponent(name)
      if !link.exists {
        try files.createSymbolicLink(atPath: link.path, withDestinationPath: package.buildFolder.appendingPathComponent(name).path)
      }
    }
    let source = package.buildFolder.appendingPathComponent(state)
    let copy = scratch.appendingPathComponent(state)
    if source.exists && !copy.exists { try files.copyItem(at: source, to: copy) }
  }
}
