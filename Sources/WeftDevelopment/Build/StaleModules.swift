import Foundation
import WeftToolchain

/// Modules that SwiftPM takes for up to date and that are not.
///
/// Embedded Swift compiles code of a module's dependencies, and of *their* dependencies, into the module. SwiftPM compiles a
/// module again when the interface of a direct dependency changes; a change further down that leaves the interface between as
/// it was would stay out of the program.
struct StaleModules {
  /// The scratch folder of one variant.
  let scratch: URL
  let configuration: Configuration
  let target: Toolchain.Target

  private var products: URL { scratch.appendingPathComponent("\(target.rawValue)/\(configuration.rawValue)") }

  /// Removes the objects of stale modules after a build. Returns whether there were any, so that another build is due.
  func remove() throws -> Bool {
    let file = scratch.appendingPathComponent("\(configuration.rawValue).yaml")
    // SwiftPM's other build engine, which a user may choose, keeps no plan and tracks modules by itself.
    guard file.exists else { return false }
    let plan = try String(contentsOf: file, encoding: .utf8)
    let dependencies = Self.dependencies(in: plan)
    let compiled = dependencies.keys.reduce(into: [:]) { $0[$1] = date(of: "\($1).build/\($1).d") }
    let changed = dependencies.keys.reduce(into: [:]) { $0[$1] = date(of: "Modules/\($1).swiftmodule") }
    let stale = Self.stale(dependencies: dependencies, compiled: compiled, changed: changed)
    for module in stale {
      let folder = products.appendingPathComponent("\(module).build")
      for object in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      where object.pathExtension == "o" {
        try FileManager.default.removeItem(at: object)
      }
    }
    return !stale.isEmpty
  }

  private func date(of path: String) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: products.appendingPathComponent(path).path)
    return attributes?[.modificationDate] as? Date
  }

  /// The modules that were compiled before something changed that they depend on, directly or not.
  static func stale(dependencies: [String: Set<String>], compiled: [String: Date], changed: [String: Date]) -> Set<String> {
    var newest: [String: Date] = [:]
    func newestBelow(_ module: String) -> Date {
      if let known = newest[module] { return known }
      newest[module] = .distantPast
      let below = dependencies[module, default: []].map { max(changed[$0] ?? .distantPast, newestBelow($0)) }.max() ?? .distantPast
      newest[module] = below
      return below
    }
    return Set(dependencies.keys.filter { module in compiled[module].map { $0 < newestBelow(module) } ?? false })
  }

  /// What each module imports directly, from the plan that SwiftPM wrote for its build engine.
  static func dependencies(in plan: String) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    var module: String?
    for line in plan.split(separator: "\n") {
      if let command = line.prefixMatch(of: #/  "C\.(\w+)-[^"]*\.module":/#) {
        module = String(command.1)
      } else if let current = module, line.hasPrefix("    inputs:") {
        result[current] = Set(line.matches(of: #/Modules/(\w+)\.swiftmodule"/#).map { String($0.1) })
        module = nil
      }
    }
    return result
  }
}
