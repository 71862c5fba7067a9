import Foundation
import WeftToolchain

/// The tests that are still to be run, and how those went that have been.
///
/// One instance of the program runs one test after the other. A test that traps, hangs or stops takes the instance with it; the
/// rest are run in a new one.
struct TestProgress: Sendable {
  private let host: TestHost
  private let timeLimit: Int
  private var report: TestReport
  private var waiting: [TestDescription] = []
  /// The first case of the first test that has not been run.
  private var firstCase = 0
  /// What is known of the test that runs, also from instances before.
  private var running = Running()

  private struct Running: Sendable {
    var seconds = 0.0
    var cases = 0
    var issues = 0
    var knownIssues = 0
    var arguments: [TestArgument] = []
  }

  init(host: TestHost, timeLimit: Int, report: TestReport) {
    self.host = host
    self.timeLimit = timeLimit
    self.report = report
  }

  /// Runs the tests that are wanted. Returns whether all have passed.
  mutating func run(_ isWanted: @escaping @Sendable (TestDescription) -> Bool) async throws -> Bool {
    let start = ContinuousClock.now
    report.begin(host)
    var isListed = false
    repeat {
      let (progress, listed) = (self, isListed)
      self = try await host.withSession { session in
        var progress = progress
        try await progress.run(in: session, isListed: listed, isWanted)
        return progress
      }
      isListed = true
    } while !waiting.isEmpty
    return report.end(after: TestReport.seconds(ContinuousClock.now - start))
  }

  private mutating func run(in session: TestSession, isListed: Bool, _ isWanted: (TestDescription) -> Bool) async throws {
    var source = TestSource(session)
    guard case .finished = try await source.command(nil, limit: 60, event: { report.print($0) }) else {
      throw Problem("the tests could not be started in \(host.engine.title): \(source.reason)")
    }
    if !isListed {
      var found: [TestDescription] = []
      let outcome = try await source.command(["weftTestList"], limit: 60) { event in
        if case .test(let test) = event { found.append(test) } else { report.print(event) }
      }
      guard case .finished = outcome else { throw Problem("the tests could not be listed in \(host.engine.title): \(source.reason)") }
      waiting = TestReport.ordered(found.filter(isWanted))
      if waiting.isEmpty {
        throw Problem(
          found.isEmpty
            ? "the package has no tests; write functions with @Test into a test target"
            : "no test is called so; --filter looks at names such as \(TestReport.ordered(found)[0].identifier)")
      }
      report.plan(waiting)
    }
    while let test = waiting.first {
      if let reason = test.skipReason {
        report.skip(test, reason)
        waiting.removeFirst()
        continue
      }
      if firstCase == 0 { report.begin(test) }
      if try await !run(test, &source) { return }
    }
  }

  /// Runs a test. Returns whether the instance is still good.
  private mutating func run(_ test: TestDescription, _ source: inout TestSource) async throws -> Bool {
    let limit = test.timeLimit > 0 ? min(test.timeLimit, timeLimit) : timeLimit
    let start = ContinuousClock.now
    var isStopped = false
    var isKnownCase = false
    let outcome = try await source.command(["weftTestRun", test.index, firstCase], limit: limit) { event in
      switch event {
      case .beginCase(let index, let arguments):
        running.arguments = arguments
        running.cases = index + 1
        isKnownCase = true
        report.begin(test, arguments)
      case .issue(let issue):
        if issue.isKnown { running.knownIssues += 1 } else { running.issues += 1 }
        report.issue(issue, test, running.arguments)
      case .stop: isStopped = true
      case .end(let nanoseconds, let cases, _, _):
        running.seconds += Double(nanoseconds) / 1e9
        running.cases = cases
      default: report.print(event)
      }
    }
    if case .finished = outcome {
      finish(test)
      return true
    }
    running.seconds += TestReport.seconds(ContinuousClock.now - start)
    if !isStopped {
      running.issues += 1
      report.issue(Self.issue(outcome, test, limit), test, running.arguments)
    }
    // The case is over, and those behind it are not. Whether there are any, the program will know.
    if test.isParameterized && isKnownCase { firstCase = running.cases } else { finish(test) }
    return false
  }

  private mutating func finish(_ test: TestDescription) {
    report.end(test, seconds: running.seconds, cases: running.cases, issues: running.issues, knownIssues: running.knownIssues)
    running = Running()
    firstCase = 0
    waiting.removeFirst()
  }

  private static func issue(_ outcome: TestSource.Outcome, _ test: TestDescription, _ limit: Int) -> TestIssue {
    switch outcome {
    case .overdue:
      TestIssue(isKnown: false, place: test.place, text: "Time limit was exceeded: \(limit).000 seconds", comment: "")
    case .trapped(let message, let stack):
      TestIssue(
        isKnown: false, place: test.place, text: "Swift stopped: \(message)",
        comment: stack.hasPrefix("WeftError: ") ? stack.split(separator: "\n").dropFirst().joined(separator: "\n") : stack)
    case .ended(let reason):
      TestIssue(isKnown: false, place: test.place, text: reason, comment: "")
    case .finished: TestIssue(isKnown: false, place: nil, text: "", comment: "")
    }
  }
}
