import ArgumentParser
import Foundation
import WeftDevelopment

struct Test: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a package's tests on the web: in Node, or in a browser without a window.",
    discussion: """
      The tests are those that `swift test` runs natively: `import Testing`, `@Test`, `#expect`. A test that stops or takes too long \
      fails, and the others are run in a new instance. Ends with an error if a test failed.
      """)

  @Option(help: ArgumentHelp("The folder of the package.", discussion: "Default: here, or the nearest folder above.", valueName: "folder"))
  var packagePath: String?

  @Option(help: ArgumentHelp("Build this test target only; may be given several times.", valueName: "target"))
  var target: [String] = []

  @Option(help: ArgumentHelp("Run only tests whose 'Module.Suite/name()' matches; may be given several times.", valueName: "regex"))
  var filter: [String] = []

  @Option(parsing: .upToNextOption, help: "Where to run: node, chromium, firefox; one after the other.")
  var engine: [TestEngine] = [.node]

  @Option(help: "How many threads the pool has. Default: as many as the machine runs at once.")
  var threads: Int?

  @Flag(help: "Test the single-threaded module, as on a page that may not share memory.")
  var single = false

  @Option(help: ArgumentHelp("How long a test, or a case of one with parameters, may take.", valueName: "seconds"))
  var timeLimit = 60

  @Option(name: .shortAndLong, help: "release or debug.")
  var configuration = Configuration.debug

  @Flag(help: "Show every command that runs, and everything it prints.")
  var verbose = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be from 1 to 1024, not \(threads)") }
    if timeLimit < 1 { throw ValidationError("--time-limit must be at least 1 second, not \(timeLimit)") }
    if single && threads != nil { throw ValidationError("--single has one thread: leave --threads out") }
  }

  func run() async throws {
    let package = try UserPackage(containing: URL(fileURLWithPath: packagePath ?? ".", isDirectory: true))
    var request = TestRun.Request(package: package)
    request.targets = target
    request.filters = filter
    request.engines = engine
    request.threads = threads
    request.isSingle = single
    request.timeLimit = timeLimit
    request.configuration = configuration
    let trace: @Sendable (String) -> Void = { Console.standard.complain($0) }
    let build = try await WebBuild.ofThisCommand(trace: verbose ? trace : nil)
    if try await !TestRun(build).run(request) { throw ExitCode.failure }
  }
}

extension TestEngine: ExpressibleByArgument {}
