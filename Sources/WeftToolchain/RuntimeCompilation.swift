import Foundation

/// Compiles the runtime for the web.
package struct RuntimeCompilation {
  private let checkout: URL
  private let workFolder: URL
  private let toolchain: Toolchain

  /// Compiles what is in `checkout`, the folder of Weft's manifest. Everything is made in `workFolder`.
  package init(checkout: URL, workFolder: URL, toolchain: Toolchain) {
    self.checkout = checkout
    self.workFolder = workFolder
    self.toolchain = toolchain
  }

  /// Compiles it, unless one of before is the same, and returns the folder. A new one has a new name: a package whose modules were
  /// compiled against that of before sees that it has changed.
  package func run() async throws -> URL {
    if let current = folders.first(where: { CompiledRuntime(in: $0, toolchain: toolchain) != nil }) { return current }
    // Whoever saves a file while it is compiled has what was compiled told to be old.
    let origin = try CompiledRuntime.Origin(checkout: checkout, toolchain: toolchain)
    let sdks = workFolder.appendingPathComponent("sdk", isDirectory: true)
    try SDKBundle(toolchain: toolchain).write(to: sdks)
    let folder = workFolder.appendingPathComponent("runtime-\(UUID().uuidString)", isDirectory: true)
    do {
      try await withThrowingTaskGroup { group in
        for variant in CompiledRuntime.variants {
          group.addTask { try await compile(variant, sdks: sdks, into: folder) }
        }
        try await group.waitForAll()
      }
      try CompiledRuntime.complete(folder, from: origin)
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
    return folder
  }

  /// Deletes those of before, but for the last one, which a build under way may still read.
  package func removeOld(but current: URL?) throws {
    func date(_ folder: URL) -> Date {
      (try? FileManager.default.attributesOfItem(atPath: folder.path))?[.modificationDate] as? Date ?? .distantPast
    }
    for folder in folders.filter({ $0.path != current?.path }).sorted(by: { date($0) > date($1) }).dropFirst() {
      try FileManager.default.removeItem(at: folder)
    }
  }

  /// All that are there.
  private var folders: [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: workFolder.path)) ?? []
    return names.filter { $0.hasPrefix("runtime-") }.map { workFolder.appendingPathComponent($0, isDirectory: true) }
  }

  private func compile(_ variant: Variant, sdks: URL, into folder: URL) async throws {
    // Not what is there from before: the objects of sources that are gone would be linked.
    let scratch = workFolder.appendingPathComponent(variant.name, isDirectory: true)
    if scratch.exists { try FileManager.default.removeItem(at: scratch) }
    defer { try? FileManager.default.removeItem(at: scratch) }
    let command = toolchain.build(
      checkout, for: variant, configuration: "release", scratch: scratch, sdks: sdks, ["--target", "Weft"],
      environment: WebEnvironment.variables())
    let outcome = try await command.run()
    guard outcome.status == 0 else { throw Problem("the runtime did not compile for the web; Swift said:\n\(outcome.text)") }

    let products = scratch.appendingPathComponent("\(variant.target.rawValue)/release", isDirectory: true)
    let files = FileManager.default
    let (modules, objects) = (
      CompiledRuntime.modules(variant.threading, in: folder), CompiledRuntime.objects(variant.threading, in: folder)
    )
    for folder in [modules, objects] { try files.createDirectory(at: folder, withIntermediateDirectories: true) }
    for module in CompiledRuntime.swiftModules {
      let file = "\(module).swiftmodule"
      try files.moveItem(at: products.appendingPathComponent("Modules/\(file)"), to: modules.appendingPathComponent(file))
      let build = products.appendingPathComponent("\(module).build", isDirectory: true)
      for object in try files.contentsOfDirectory(atPath: build.path) where object.hasSuffix(".o") {
        try files.moveItem(at: build.appendingPathComponent(object), to: objects.appendingPathComponent("\(module).\(object)"))
      }
    }
  }
}
