import Foundation

/// What is said of tests, in the words of the toolchain's Testing.
struct TestReport: Sendable {
  private let console: Console
  private var isFirst = true
  private var tests = 0
  private var issues = 0
  private var knownIssues = 0
  private var suites: [String: SuiteProgress] = [:]

  private struct SuiteProgress: Sendable {
    let title: String
    var waiting: Int
    var issues = 0
    var knownIssues = 0
    var start: ContinuousClock.Instant?
  }

  init(console: Console) { self.console = console }

  /// Those of a suite one after the other, in the order of the sources.
  static func ordered(_ tests: [TestDescription]) -> [TestDescription] {
    let sorted = tests.sorted { ($0.place.fileID, $0.place.line, $0.place.column) < ($1.place.fileID, $1.place.line, $1.place.column) }
    var places: [String: Int] = [:]
    for test in sorted { for suite in keys(of: test) where places[suite] == nil { places[suite] = places.count } }
    return sorted.enumerated().sorted { a, b in
      (place(of: a.element, places), a.offset) < (place(of: b.element, places), b.offset)
    }.map(\.element)
  }

  private static func place(of test: TestDescription, _ places: [String: Int]) -> Int {
    keys(of: test).last.flatMap { places[$0] } ?? -1
  }

  private static func keys(of test: TestDescription) -> [String] {
    test.suites.indices.map { depth in "\(test.place.module).\(test.suites[...depth].map(\.name).joined(separator: "/"))" }
  }

  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private static func text(_ seconds: Double) -> String { "\(String(format: "%.3f", seconds)) seconds" }

  private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

  func begin(_ host: TestHost) {
    console.say("◇ Test run started.")
    console.say("↳ Target Platform: \(host.engine.title), \(host.isSingle ? "single-threaded" : "threaded")")
  }

  mutating func plan(_ tests: [TestDescription]) {
    for test in tests {
      for (suite, key) in zip(test.suites, Self.keys(of: test)) {
        suites[key, default: SuiteProgress(title: suite.title, waiting: 0)].waiting += 1
      }
    }
  }

  func print(_ event: TestEvent) {
    if case .output(let line) = event { console.say(line) }
  }

  mutating func begin(_ test: TestDescription) {
    for key in Self.keys(of: test) where suites[key]?.start == nil {
      suites[key]?.start = .now
      console.say("◇ Suite \(suites[key]?.title ?? "") started.")
    }
    console.say("◇ Test \(test.title) started.")
  }

  func begin(_ test: TestDescription, _ arguments: [TestArgument]) {
    console.say("◇ Test case passing \(Self.list(arguments)) to \(test.title) started.")
  }

  mutating func skip(_ test: TestDescription, _ reason: String) {
    console.say("➜ Test \(test.title) skipped\(reason.isEmpty ? "." : ": \"\(reason)\"")")
    tests += 1
    leave(test, issues: 0, knownIssues: 0)
  }

  func issue(_ issue: TestIssue, _ test: TestDescription, _ arguments: [TestArgument]) {
    let recorded = issue.isKnown ? "recorded a known issue" : "recorded an issue"
    let with = arguments.isEmpty ? "" : " with \(Self.list(arguments))"
    let place = issue.place.map { " at \($0.text)" } ?? ""
    console.say("✘ Test \(test.title) \(recorded)\(with)\(place): \(issue.text)")
    for line in issue.comment.split(separator: "\n") { console.say("↳ \(line)") }
  }

  mutating func end(_ test: TestDescription, seconds: Double, cases: Int, issues: Int, knownIssues: Int) {
    tests += 1
    self.issues += issues
    self.knownIssues += knownIssues
    let with = test.isParameterized ? " with \(Self.count(cases, "test case"))" : ""
    console.say("\(Self.verdict("Test \(test.title)\(with)", seconds, issues, knownIssues)).")
    leave(test, issues: issues, knownIssues: knownIssues)
  }

  private mutating func leave(_ test: TestDescription, issues: Int, knownIssues: Int) {
    for key in Self.keys(of: test).reversed() {
      guard var suite = suites[key] else { continue }
      suite.waiting -= 1
      suite.issues += issues
      suite.knownIssues += knownIssues
      suites[key] = suite
      if suite.waiting == 0, let start = suite.start {
        console.say("\(Self.verdict("Suite \(suite.title)", Self.seconds(.now - start), suite.issues, suite.knownIssues)).")
      }
    }
  }

  /// Tells of the whole. Returns whether all tests have passed.
  func end(after seconds: Double) -> Bool {
    let what = "Test run with \(Self.count(tests, "test")) in \(Self.count(suites.count, "suite"))"
    console.say("\(Self.verdict(what, seconds, issues, knownIssues)).")
    return issues == 0
  }

  private static func verdict(_ what: String, _ seconds: Double, _ issues: Int, _ knownIssues: Int) -> String {
    let known = knownIssues == 0 ? "" : " (including \(count(knownIssues, "known issue")))"
    if issues > 0 { return "✘ \(what) failed after \(text(seconds)) with \(count(issues + knownIssues, "issue"))\(known)" }
    let with = knownIssues == 0 ? "" : " with \(count(knownIssues, "known issue"))"
    return "✔ \(what) passed after \(text(seconds))\(with)"
  }

  private static func list(_ arguments: [TestArgument]) -> String {
    let told = arguments.map { $0.value.isEmpty ? $0.name : "\($0.name) → \($0.value)" }.joined(separator: ", ")
    return "\(count(arguments.count, "argument")) \(told)"
  }
}

extension ContinuousClock.Instant {
  fileprivate static func - (a: Self, b: Self) -> Duration { b.duration(to: a) }
}
