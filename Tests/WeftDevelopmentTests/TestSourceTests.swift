import Foundation
import Synchronization
import Testing

@testable import WeftDevelopment

@Suite struct TestSourceTests {
  /// What comes of a command when these lines come.
  private func outcome(_ lines: [String], limit: Int = 60) async throws -> (outcome: TestSource.Outcome, events: [TestEvent]) {
    let session = TestSession { _ in }
    for line in lines { session.continuation.yield(.line(line)) }
    var source = TestSource(session)
    var events: [TestEvent] = []
    let outcome = try await source.command(["run"], limit: limit) { events.append($0) }
    return (outcome, events)
  }

  @Test func waitsForWhatOtherThreadsStillHaveToSay() async throws {
    let issue = "\u{1}issue\u{2}0\u{2}A/B.swift\u{2}1\u{2}2\u{2}late\u{2}"
    let (outcome, events) = try await outcome(["\u{1}idle", "\u{1}end\u{2}5\u{2}1\u{2}1\u{2}0", issue, "not any more"])
    guard case .finished = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(events == [TestEvent(line: "\u{1}end\u{2}5\u{2}1\u{2}1\u{2}0"), TestEvent(line: issue)])
  }

  @Test func tellsATrap() async throws {
    let (outcome, events) = try await outcome(["hello", "\u{1}trap\u{2}why\u{2}where"])
    guard case .trapped("why", "where") = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(events == [.output("hello")])
  }

  @Test(.timeLimit(.minutes(5))) func doesNotWaitForEver() async throws {
    let (outcome, _) = try await outcome(["\u{1}case\u{2}0"], limit: 0)
    guard case .overdue = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }
}
