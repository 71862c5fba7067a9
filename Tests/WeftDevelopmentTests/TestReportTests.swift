import Foundation
import Synchronization
import Testing

@testable import WeftDevelopment

@Suite struct TestReportTests {
  private final class Lines: Sendable {
    let text = Mutex("")
    var console: Console { Console(out: { text in self.text.withLock { $0 += text } }, err: { _ in }) }
    /// Without times.
    var all: [String] {
      text.withLock { $0 }.replacing(#/after \d+\.\d+ seconds/#, with: "after a while").split(separator: "\n").map(String.init)
    }
  }

  private func test(_ name: String, file: String = "A.swift", line: Int, suites: [String] = [], isParameterized: Bool = false)
    -> TestDescription
  {
    let text = "\u{1}test\u{2}0\u{2}\(name)\u{2}\u{2}App/\(file)\u{2}\(line)\u{2}1\u{2}\(isParameterized ? 1 : 0)\u{2}0"
    guard case .test(let test) = TestEvent(line: text + suites.map { "\u{2}\($0)\u{5}" }.joined()) else { fatalError("no test: \(text)") }
    return test
  }

  @Test func testsOfASuiteStandTogetherInTheOrderOfTheSources() {
    let tests = [
      test("d()", file: "B.swift", line: 1, suites: ["S"]), test("c()", line: 9, suites: ["T"]), test("b()", line: 5, suites: ["S"]),
      test("a()", line: 20),
    ]
    #expect(TestReport.ordered(tests).map(\.name) == ["a()", "b()", "d()", "c()"])
  }

  @Test func tellsInTheWordsOfTesting() {
    let lines = Lines()
    var report = TestReport(console: lines.console)
    let (first, second) = (test("a()", line: 1, suites: ["S"]), test("b(x:)", line: 2, suites: ["S"], isParameterized: true))
    let skipped = test("c()", line: 3)
    report.plan([first, second, skipped])
    report.begin(first)
    report.end(first, seconds: 0.5, cases: 1, issues: 0, knownIssues: 0)
    report.begin(second)
    let arguments = [TestArgument(("x", "1")), TestArgument(("y", ""))]
    report.begin(second, arguments)
    report.issue(TestIssue(isKnown: false, place: first.place, text: "wrong", comment: "so\nit is"), second, arguments)
    report.end(second, seconds: 0.5, cases: 2, issues: 1, knownIssues: 1)
    report.skip(skipped, "later")
    #expect(!report.end(after: 2))
    #expect(
      lines.all == [
        "◇ Suite S started.", "◇ Test a() started.", "✔ Test a() passed after a while.", "◇ Test b(x:) started.",
        "◇ Test case passing 2 arguments x → 1, y to b(x:) started.",
        "✘ Test b(x:) recorded an issue with 2 arguments x → 1, y at A.swift:1:1: wrong", "↳ so", "↳ it is",
        "✘ Test b(x:) with 2 test cases failed after a while with 2 issues (including 1 known issue).",
        "✘ Suite S failed after a while with 2 issues (including 1 known issue).", "➜ Test c() skipped: \"later\"",
        "✘ Test run with 3 tests in 1 suite failed after a while with 2 issues (including 1 known issue).",
      ])
  }

  @Test func knownIssuesAloneAreNoFailure() {
    let lines = Lines()
    var report = TestReport(console: lines.console)
    let test = test("a()", line: 1)
    report.plan([test])
    report.begin(test)
    report.end(test, seconds: 0, cases: 1, issues: 0, knownIssues: 2)
    #expect(report.end(after: 0))
    #expect(lines.all.last == "✔ Test run with 1 test in 0 suites passed after a while with 2 known issues.")
  }
}
