import Foundation

/// The lines of a session, read until a command is over.
struct TestSource {
  /// How a command ended.
  enum Outcome: Sendable {
    case finished
    /// Swift stopped.
    case trapped(message: String, stack: String)
    /// The program is gone.
    case ended(String)
    /// Nothing came for as long as it may take.
    case overdue
  }

  /// Why the last command was not carried out.
  private(set) var reason = ""
  private let session: TestSession
  private var messages: AsyncStream<TestSession.Message>.Iterator
  /// The limit that runs; those of before do not count.
  private var watch = 0

  init(_ session: TestSession) {
    self.session = session
    messages = session.messages.makeAsyncIterator()
  }

  /// Sends a command and tells what comes of it. Each case of a test may take `limit` seconds.
  mutating func command(_ command: [Any]?, limit: Int, event: (TestEvent) -> Void) async throws -> Outcome {
    if let command { session.send(String(decoding: try JSONSerialization.data(withJSONObject: command), as: UTF8.self)) }
    var timer = startTimer(limit)
    defer { timer.cancel() }
    // How many issues have been counted that have not come yet: those of other threads may come later.
    var missingIssues = 0
    // The program's own lines may come later than the word that the command is over: both must have come.
    var isIdle = false
    var hasEnded = command == nil
    while let message = await messages.next() {
      switch message {
      case .ended(let reason):
        self.reason = reason
        return .ended(reason)
      case .overdue(let watch) where watch == self.watch:
        reason = "nothing happened for \(limit) seconds"
        return .overdue
      case .overdue: break
      case .line(let line):
        let parsed = TestEvent(line: line)
        switch parsed {
        case .idle: isIdle = true
        case .trap(let message, let stack):
          reason = message
          return .trapped(message: message, stack: stack)
        case .issue: missingIssues -= 1
        case .end(_, _, let issues, let knownIssues):
          hasEnded = true
          missingIssues += issues + knownIssues
        case .beginCase:
          timer.cancel()
          timer = startTimer(limit)
        default: break
        }
        if parsed != .idle { event(parsed) }
        if isIdle && hasEnded && missingIssues <= 0 { return .finished }
      }
    }
    throw CancellationError()
  }

  private mutating func startTimer(_ seconds: Int) -> Task<Void, Never> {
    watch += 1
    let (watch, continuation) = (watch, session.continuation)
    return Task {
      guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
      continuation.yield(.overdue(watch))
    }
  }
}
