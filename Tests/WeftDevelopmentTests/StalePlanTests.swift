import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

/// With the real SwiftPM, because what it overlooks is what matters.
@Suite struct StalePlanTests {
  private let folder: TemporaryFolder
  private let swift: URL
  private var scratch: URL { folder.url.appendingPathComponent("App/.build") }

  init() throws {
    folder = try TemporaryFolder()
    swift = try #require(ChildProcess.find("swift", environment: ProcessInfo.processInfo.environment))
    for (package, dependency, target) in [
      ("App", #".package(path: "../Middle")"#, #".executableTarget(name: "App", dependencies: ["Middle"])"#),
      ("Middle", #".package(path: "../Low")"#, #".target(name: "Middle", dependencies: ["Low"])"#),
      ("Low", "", #".target(name: "Low")"#),
    ] {
      let products = package == "App" ? "" : #".library(name: "\#(package)", targets: ["\#(package)"])"#
      try folder.write(
        """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(name: "\(package)", products: [\(products)], dependencies: [\(dependency)], targets: [\(target)])
        """, to: "\(package)/Package.swift")
    }
    try folder.write("public let low = 1", to: "Low/Sources/Low/Low.swift")
    try folder.write("import Low\npublic func middle() -> Int { low }", to: "Middle/Sources/Middle/Middle.swift")
    try folder.write("import Middle\nprint(middle())", to: "App/Sources/App/main.swift")
  }

  private func build() async throws -> ChildProcess.Outcome {
    let plan = StalePlan(scratch: scratch)
    try plan.remove()
    let outcome = try await ChildProcess(
      executable: swift,
      arguments: ["build", "--package-path", folder.url.appendingPathComponent("App").path, "--scratch-path", scratch.path]
    ).run()
    try plan.note()
    return outcome
  }

  @Test func filesMayComeAndGoInPackagesUsedByPath() async throws {
    let first = try await build()
    try #require(first.status == 0, "\(first.text)")

    try folder.write("public let more = 2", to: "Low/Sources/Low/Folder/More.swift")
    try folder.write("import Low\npublic func middle() -> Int { low + more }", to: "Middle/Sources/Middle/Middle.swift")
    let added = try await build()
    #expect(added.status == 0, "\(added.text)")

    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("Low/Sources/Low/Folder"))
    try folder.write("import Low\npublic func middle() -> Int { low }", to: "Middle/Sources/Middle/Middle.swift")
    let removed = try await build()
    #expect(removed.status == 0, "\(removed.text)")
  }

  @Test func thePlanStaysWhileNothingComesOrGoes() async throws {
    let first = try await build()
    try #require(first.status == 0, "\(first.text)")
    try folder.write("public let low = 3", to: "Low/Sources/Low/Low.swift")
    try folder.write("hidden", to: "Low/.build/Hidden.swift")
    try folder.write("text", to: "Low/Sources/Low/Notes.md")
    let plan = StalePlan(scratch: scratch)
    try plan.remove()
    #expect(scratch.appendingPathComponent("debug.yaml").exists)

    try folder.write("public let more = 2", to: "Low/Sources/Low/More.swift")
    try plan.remove()
    #expect(!scratch.appendingPathComponent("debug.yaml").exists)
  }
}
