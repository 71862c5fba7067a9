import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct TestPackageTests {
  @Test func linksTheUsersFilesAndAddsToTheManifest() throws {
    let folder = try TemporaryFolder()
    try folder.write("// the user's\n", to: "Package.swift")
    try folder.write("", to: "Tests/AppTests/AppTests.swift")
    try folder.write("", to: "gone/file")
    let tests = TestPackage(original: try UserPackage(containing: folder.url), targets: ["A\"pp"])
    let package = try tests.write()
    #expect(package.isOfTests)
    let manifest = try String(contentsOf: package.folder.appendingPathComponent("Package.swift"), encoding: .utf8)
    #expect(manifest.hasPrefix("// the user's\n"))
    #expect(manifest.contains(#"let weftWanted: [String] = ["A\"pp"]"#))
    #expect(package.folder.appendingPathComponent("Tests/AppTests/AppTests.swift").exists)
    #expect(tests.original("\(package.folder.path)/Tests/A.swift:1:1: error: no") == "\(folder.url.path)/Tests/A.swift:1:1: error: no")

    // What has gone is gone, and what is new is there.
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("gone"))
    try folder.write("", to: "new/file")
    _ = try tests.write()
    #expect(package.folder.appendingPathComponent("new/file").exists)
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: package.folder.appendingPathComponent("gone").path)) == nil)
  }

  @Test func onlyTheTestsSeeWeftsTesting() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "Package.swift")
    let package = try UserPackage(containing: folder.url)
    #expect(package.environment["WEFT_TEST"] == nil)
    #expect(try TestPackage(original: package, targets: []).write().environment["WEFT_TEST"] == "1")
  }

  @Test func aProgramOfTestsUsesWeft() throws {
    let dump = #"""
      {"products":[],"dependencies":[],"targets":[
      {"name":"WeftTests","type":"executable","dependencies":[{"product":["WeftTesting","weft",null,null]}]},
      {"name":"ZTests","type":"test","dependencies":[]},{"name":"ATests","type":"test","dependencies":[]}]}
      """#
    let manifest = try PackageManifest(dump: Data(dump.utf8))
    #expect(try manifest.product(named: TestPackage.product) == TestPackage.product)
    #expect(manifest.testTargets == ["ATests", "ZTests"])
  }
}
