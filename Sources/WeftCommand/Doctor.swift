import ArgumentParser
import WeftDevelopment
import WeftToolchain

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that this machine has what a build for the web needs, or that a deployed page can run threads.",
    discussion: "Ends with an error if a build, or the page's threads, cannot work.")

  @Argument(help: ArgumentHelp("The address of a page to look at instead of this machine.", valueName: "url"))
  var page: String?

  @Option(
    help: ArgumentHelp(
      "The folder of the page's package, relative to the page.", discussion: "Default: what the page's scripts lead to, or pkg/.",
      valueName: "path"))
  var package: String?

  func validate() throws {
    if package != nil && page == nil { throw ValidationError("--package is about a page: weft doctor URL --package PATH") }
  }

  func run() async throws {
    if let page { try await examine(page) } else { try await examineMachine() }
  }

  private func examineMachine() async throws {
    let examination = try await Examination.run()
    for check in examination.checks {
      switch check.result {
      case .success(let found): Console.standard.say("✓ \(check.subject): \(found)")
      case .failure(let problem): Console.standard.say("✗ \(check.subject): \(problem.message)")
      }
    }
    if case .failure = examination.toolchain { throw ExitCode.failure }
  }

  private func examine(_ page: String) async throws {
    let examination = await PageExamination.run(address: page, package: package)
    try Task.checkCancellation()
    for finding in examination.findings {
      let sign =
        switch finding.verdict {
        case .good: "✓"
        case .advice: "!"
        case .failure: "✗"
        }
      Console.standard.say("\(sign) \(finding.subject): \(finding.text)")
    }
    if !examination.canRunThreads { throw ExitCode.failure }
  }
}
