import ArgumentParser
import WeftDevelopment

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Check that this machine has what a build for the web needs.")

  func run() async throws {
    let examination = try await Examination.run()
    for check in examination.checks {
      switch check.result {
      case .success(let found): Console.standard.say("✓ \(check.subject): \(found)")
      case .failure(let problem): Console.standard.say("✗ \(check.subject): \(problem.message)")
      }
    }
    if case .failure = examination.toolchain { throw ExitCode.failure }
  }
}
