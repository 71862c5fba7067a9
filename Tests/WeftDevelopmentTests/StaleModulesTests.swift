import Foundation
import Testing

@testable import WeftDevelopment

@Suite struct StaleModulesTests {
  private let plan = """
    commands:
      "C.App-wasm32-unknown-none-wasm-release.exe":
        inputs: ["/x/Modules/Wrong.swiftmodule"]
      "C.App-wasm32-unknown-none-wasm-release.module":
        tool: shell
        inputs: ["/x/App.swift","/x/release/Modules/Middle.swiftmodule"]
      "C.Middle-wasm32-unknown-none-wasm-release.module":
        tool: shell
        inputs: ["/x/release/Modules/Low.swiftmodule","/x/sources"]
      "C.Low-wasm32-unknown-none-wasm-release.module":
        tool: shell
        inputs: ["/x/Low.swift"]
    """

  @Test func readsWhatModulesImport() {
    #expect(StaleModules.dependencies(in: plan) == ["App": ["Middle"], "Middle": ["Low"], "Low": []])
  }

  private func stale(compiled: [Double], changed: [Double]) -> Set<String> {
    let names = ["App", "Middle", "Low"]
    func dates(_ seconds: [Double]) -> [String: Date] {
      Dictionary(uniqueKeysWithValues: zip(names, seconds.map { Date(timeIntervalSince1970: $0) }))
    }
    return StaleModules.stale(
      dependencies: StaleModules.dependencies(in: plan), compiled: dates(compiled), changed: dates(changed))
  }

  @Test func aModuleIsStaleIfAnythingBelowItIsNewer() {
    #expect(stale(compiled: [3, 2, 1], changed: [3, 2, 1]) == [])
    // Low changed, and Middle was compiled again with the same interface: SwiftPM leaves App alone.
    #expect(stale(compiled: [3, 5, 4], changed: [3, 2, 4]) == ["App"])
    #expect(stale(compiled: [3, 2, 4], changed: [3, 2, 4]) == ["App", "Middle"])
    // A change at the top makes nothing else stale.
    #expect(stale(compiled: [9, 2, 1], changed: [9, 2, 1]) == [])
  }
}
