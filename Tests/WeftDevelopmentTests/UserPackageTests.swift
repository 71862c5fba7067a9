import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct UserPackageTests {
  @Test func isFoundFromBelow() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "Package.swift")
    try folder.write("", to: "Sources/App/App.swift")
    #expect(try UserPackage(containing: folder.url.appendingPathComponent("Sources/App")).folder.path == folder.url.path)
  }

  @Test func noneIsExplained() throws {
    let folder = try TemporaryFolder()
    let problem = #expect(throws: Problem.self) { try UserPackage(containing: folder.url) }
    #expect(problem?.message.contains("there is no Package.swift in \(folder.url.path)") == true)
  }
}
