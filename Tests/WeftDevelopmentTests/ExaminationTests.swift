import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct ExaminationTests {
  @Test func aGoodToolchainPasses() async throws {
    let fake = try await FakeToolchain()
    let examination = try await fake.examine()
    let toolchain = try examination.toolchain.get()
    #expect(toolchain.version.description == "6.3")
    #expect(toolchain.swift.path == fake.folder.url.path + "/bin/swift")
    #expect(examination.checks.count == 6)
  }

  @Test(arguments: ["Swift version 6.2.4 (swift-6.2.4-RELEASE)", "Apple Swift version 5.10", "nonsense"])
  func anOldOneIsRefused(version: String) async throws {
    let examination = try await FakeToolchain(version: version).examine()
    let problem = #expect(throws: Problem.self) { try examination.toolchain.get() }
    #expect(problem?.message.contains("Weft needs Swift 6.3 or newer") == true)
    #expect(problem?.message.contains(version) == true)
    #expect(problem?.message.contains("swift.org/install") == true)
  }

  @Test(arguments: ["Apple Swift version 6.3 (swiftlang-6.3.0.1)", "Swift version 6.10-dev", "Swift version 7.0"])
  func newerOnesPass(version: String) async throws {
    _ = try await FakeToolchain(version: version).examine().toolchain.get()
  }

  @Test(arguments: zip(FakeToolchain.parts.filter { $0 != "bin/wasm-ld" }, ["standard library", "Unicode tables", "macro plug-in"]))
  func aMissingPartIsNamed(part: String, name: String) async throws {
    let problem = await #expect(throws: Problem.self) {
      try await FakeToolchain(without: part).examine().toolchain.get()
    }
    #expect(problem?.message.contains(name) == true)
    #expect(problem?.message.contains(part.split(separator: "/").last!) == true)
  }

  @Test func aMissingLinkerIsNamed() async throws {
    let fake = try await FakeToolchain(without: "bin/wasm-ld")
    // The shell must be found, and no linker that this machine may have.
    let shell = fake.folder.url.appendingPathComponent("tools")
    try FileManager.default.createDirectory(at: shell, withIntermediateDirectories: true)
    let examination = try await Examination.run(
      environment: ["PATH": "\(fake.folder.url.path)/bin:\(shell.path)"], plugin: fake.plugin)
    let problem = #expect(throws: Problem.self) { try examination.toolchain.get() }
    #expect(problem?.message.contains("no `wasm-ld`") == true)
  }

  @Test func noSwiftAtAll() async throws {
    let empty = try TemporaryFolder()
    let examination = try await Examination.run(environment: ["PATH": empty.url.path], plugin: empty.url)
    let problem = #expect(throws: Problem.self) { try examination.toolchain.get() }
    #expect(problem?.message.contains("no `swift` in PATH") == true)
  }

  @Test func aSwiftThatIsNone() async throws {
    let folder = try TemporaryFolder()
    try await folder.writeProgram("echo hello", to: "swift")
    let examination = try await Examination.run(environment: ["PATH": folder.url.path + ":/bin"], plugin: folder.url)
    let problem = #expect(throws: Problem.self) { try examination.toolchain.get() }
    #expect(problem?.message.contains("-print-target-info") == true)
  }
}
