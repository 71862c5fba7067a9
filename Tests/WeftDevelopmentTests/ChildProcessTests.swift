import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct ChildProcessTests {
  private let shell = URL(fileURLWithPath: "/bin/sh")

  @Test func collectsOutputAndStatus() async throws {
    let merged = try await ChildProcess(executable: shell, arguments: ["-c", "echo out; echo err >&2; exit 7"]).run()
    #expect(merged.status == 7)
    #expect(merged.text == "out\nerr\n")
    let output = try await ChildProcess(executable: shell, arguments: ["-c", "echo out; echo err >&2"], errors: .discarded).run()
    #expect(output.text == "out\n")
  }

  @Test func muchOutputDoesNotBlock() async throws {
    let outcome = try await ChildProcess(executable: shell, arguments: ["-c", "yes weft | head -c 1000000"]).run()
    #expect(outcome.output.count == 1_000_000)
  }

  @Test(.timeLimit(.minutes(5))) func cancellingInterrupts() async throws {
    let child = ChildProcess(
      executable: shell, arguments: ["-c", "trap 'echo interrupted; exit 9' INT; echo ready; while :; do sleep 0.05; done"])
    let task = Task { try await child.run() }
    try await Task.sleep(for: .milliseconds(500))
    task.cancel()
    let outcome = try await task.value
    #expect(outcome.text == "ready\ninterrupted\n")
    #expect(outcome.status == 9)
  }

  @Test func aMissingProgramIsNamed() async throws {
    let problem = await #expect(throws: Problem.self) {
      try await ChildProcess(executable: URL(fileURLWithPath: "/no/such/program"), arguments: []).run()
    }
    #expect(problem?.message.contains("/no/such/program") == true)
  }
}
