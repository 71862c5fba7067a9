import Synchronization
import WeftPlatform

/// Something that went wrong in a test.
public struct Issue: Sendable {
  /// Notes that something went wrong in the running test, which fails. Thread-safe.
  @discardableResult
  public static func record(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) -> Issue {
    report("Issue recorded", comment, sourceLocation)
    return Issue()
  }

  /// Notes an error that should not have been thrown in the running test, which fails. Thread-safe.
  @discardableResult
  public static func record<E: Error>(
    _ error: E, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Issue {
    report("Caught error\(_describe(error).map { ": \($0)" } ?? "")", comment, sourceLocation)
    return Issue()
  }

  static func report(_ text: String, _ comment: Comment?, _ location: SourceLocation) {
    // Relaxed: who reads the counts has joined the threads of the test.
    let isKnown = RunningTest.knownDepth.load(ordering: .relaxed) > 0
    if isKnown {
      RunningTest.knownIssues.add(1, ordering: .relaxed)
    } else {
      RunningTest.issues.add(1, ordering: .relaxed)
    }
    Report.issue(isKnown: isKnown, text: text, comment: comment, at: location)
  }
}

/// The counts of the test that runs: there is one at a time, whose threads may be many. All relaxed, as they publish nothing.
enum RunningTest {
  static let issues = Atomic<Int>(0)
  static let knownIssues = Atomic<Int>(0)
  /// How many `withKnownIssue` are under way.
  static let knownDepth = Atomic<Int>(0)
}

/// Runs something that is known to go wrong: its issues do not make the test fail, and it does if there are none.
///
/// - Parameter isIntermittent: Whether it may also go well.
public func withKnownIssue(
  _ comment: Comment? = nil, isIntermittent: Bool = false, sourceLocation: SourceLocation = #_sourceLocation, _ body: () -> Void
) {
  let before = RunningTest.knownIssues.load(ordering: .relaxed)
  RunningTest.knownDepth.add(1, ordering: .relaxed)
  body()
  RunningTest.knownDepth.subtract(1, ordering: .relaxed)
  if !isIntermittent && RunningTest.knownIssues.load(ordering: .relaxed) == before {
    Issue.report("Known issue was not recorded", comment, sourceLocation)
  }
}
