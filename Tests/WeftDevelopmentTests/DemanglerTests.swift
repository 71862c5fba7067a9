import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct DemanglerTests {
  @Test func namesBecomeThoseOfTheSource() async throws {
    let folder = try TemporaryFolder()
    let swift = try #require(ChildProcess.find("swift", environment: ProcessInfo.processInfo.environment))
    let names = try await Demangler(swift: swift).readableNames(
      of: ["$s5Calls10trapInJoinyS2iF", "$s5Calls10trapInJoinyS2iFyyXEfU_TA", "__weft_direct_trap", "memcpy"],
      through: folder.url.appendingPathComponent("names")
    )
    #expect(
      names == [
        "$s5Calls10trapInJoinyS2iF": "trapInJoin(_:)", "$s5Calls10trapInJoinyS2iFyyXEfU_TA": "closure #1 in trapInJoin(_:)",
        // The export of a function has the function in it.
        "__weft_direct_trap": "trap()", "memcpy": "memcpy",
      ])
  }

  @Test func aToolchainThatCannotTellLeavesTheNames() async throws {
    let folder = try TemporaryFolder()
    let fake = try await FakeToolchain(script: "echo one line")
    let demangler = Demangler(swift: try await fake.examine().toolchain.get().swift)
    #expect(try await demangler.readableNames(of: ["a", "b"], through: folder.url.appendingPathComponent("names")).isEmpty)
  }
}
