import Foundation
import WeftToolchain

/// The plan of a build, which SwiftPM keeps although files have come or gone since in a package that is used by path: it looks
/// at the folders of the package it builds and at no others. What is compiled then lacks files, or asks for some that are gone.
struct StalePlan {
  /// The scratch folder of one variant.
  let scratch: URL
  /// The runtime that programs are compiled against, if it is not one of the packages.
  var runtime: CompiledRuntime?

  /// The sources of each package that is used by path, when the plan was made.
  private var record: URL { scratch.appendingPathComponent("sources.json") }

  /// Deletes the plan if the sources are others than when it was made. To be called before a build.
  func remove() throws {
    let planned = planned()
    let present = present()
    let hasOtherRuntime = present[Self.runtimeKey] != planned[Self.runtimeKey]
    if hasOtherRuntime || present.contains(where: { package, sources in planned[package].map { $0 != sources } ?? false }) {
      for configuration in Configuration.allCases {
        let plan = scratch.appendingPathComponent("\(configuration.rawValue).yaml")
        if plan.exists { try FileManager.default.removeItem(at: plan) }
      }
    }
    try write(present)
  }

  /// Notes the sources of packages that the build has been the first to use. To be called after a build.
  func note() throws { try write(present().merging(planned()) { _, planned in planned }) }

  private func planned() -> [String: Set<String>] {
    guard let data = FileManager.default.contents(atPath: record.path) else { return [:] }
    return (try? JSONDecoder().decode([String: Set<String>].self, from: data)) ?? [:]
  }

  private func write(_ sources: [String: Set<String>]) throws {
    if sources == planned() { return }
    try JSONEncoder().encode(sources).write(to: record, options: .atomic)
  }

  private static let runtimeKey = "runtime"

  private func present() -> [String: Set<String>] {
    var present = presentSources()
    // Where it is stands in the commands of the plan.
    if let runtime { present[Self.runtimeKey] = [runtime.folder.path] }
    return present
  }

  private func presentSources() -> [String: Set<String>] {
    guard let data = FileManager.default.contents(atPath: scratch.appendingPathComponent("workspace-state.json").path),
      let state = try? JSONDecoder().decode(WorkspaceState.self, from: data)
    else { return [:] }
    let packages = state.object.dependencies.compactMap(\.state.path)
    return Dictionary(packages.map { ($0, Self.sources(in: $0)) }, uniquingKeysWith: { first, _ in first })
  }

  private static let extensions: Set = ["swift", "c", "cc", "cpp", "cxx", "m", "mm", "s", "S", "h", "hpp", "modulemap"]

  /// The sources of a package. Its manifest is told with its date, because a change of it is a change of the plan.
  private static func sources(in package: String) -> Set<String> {
    var sources: Set<String> = []
    let tree = WatchedTree(folders: [URL(fileURLWithPath: package, isDirectory: true)], ignoring: [])
    for root in tree.roots {
      tree.walk(root) { folder, names in
        for name in names where !tree.ignoresFile(name) && extensions.contains((name as NSString).pathExtension) {
          sources.insert("\(folder)/\(name)")
        }
      }
      let manifest = "\(root)/Package.swift"
      let date = (try? FileManager.default.attributesOfItem(atPath: manifest))?[.modificationDate] as? Date
      sources.insert("\(manifest) \(date?.timeIntervalSince1970 ?? 0)")
    }
    return sources
  }
}

/// The part that is read here of what SwiftPM notes about a package's dependencies.
private struct WorkspaceState: Decodable {
  struct Object: Decodable {
    let dependencies: [Dependency]
  }
  struct Dependency: Decodable {
    let state: State
  }
  /// Only a package that is used by path has a path.
  struct State: Decodable {
    let path: String?
  }
  let object: Object
}
