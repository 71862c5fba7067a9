import Testing

@testable import WeftDevelopment

@Suite struct TestEventTests {
  @Test func readsATest() {
    let line =
      "[main] \u{1}test\u{2}7\u{2}sum(of:)\u{2}adds\u{2}App/Sums.swift\u{2}12\u{2}3\u{2}1\u{2}60\u{2}\u{4}not yet\u{2}Outer\u{5}The outer\u{2}Inner\u{5}"
    guard case .test(let test) = TestEvent(line: line) else {
      Issue.record("no test")
      return
    }
    #expect(test.index == 7)
    #expect(test.title == "\"adds\"")
    #expect(test.identifier == "App.Outer/Inner/sum(of:)")
    #expect(test.place.text == "Sums.swift:12:3")
    #expect(test.isParameterized)
    #expect(test.timeLimit == 60)
    #expect(test.skipReason == "not yet")
    #expect(test.suites.map(\.title) == ["\"The outer\"", "Inner"])
  }

  @Test func readsWhatHappens() {
    let place = TestPlace(fileID: "A/B.swift", line: 1, column: 2)
    #expect(
      TestEvent(line: "\u{1}issue\u{2}0\u{2}A/B.swift\u{2}1\u{2}2\u{2}one\u{3}two\u{2}why")
        == .issue(TestIssue(isKnown: false, place: place, text: "one\ntwo", comment: "why")))
    #expect(TestEvent(line: "\u{1}case\u{2}2\u{2}x\u{5}3") == .beginCase(2, arguments: [TestArgument(("x", "3"))]))
    #expect(TestEvent(line: "\u{1}end\u{2}5\u{2}1\u{2}2\u{2}3") == .end(nanoseconds: 5, cases: 1, issues: 2, knownIssues: 3))
    #expect(TestEvent(line: "\u{1}trap\u{2}why\u{2}where") == .trap(message: "why", stack: "where"))
    #expect(TestEvent(line: "\u{1}idle") == .idle)
    #expect(TestEvent(line: "\u{1}stop\u{2}") == .stop)
  }

  @Test(arguments: ["hello", "", "\u{1}unknown", "\u{1}issue\u{2}1", "\u{1}test\u{2}1"]) func everythingElseIsOutput(line: String) {
    #expect(TestEvent(line: line) == .output(line))
  }
}
