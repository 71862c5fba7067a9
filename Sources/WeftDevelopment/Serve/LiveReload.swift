import FlyingSocks
import Foundation

/// Tells the open pages what has become of the builds.
actor LiveReload {
  /// Something a page must know.
  enum Event: Equatable, Sendable {
    /// What is served now is this revision.
    case revision(String)
    /// The last build failed, with these messages; what is served is older.
    case failure(String)

    /// The event in the format of `EventSource`, in which a line of data cannot hold a line end.
    var encoded: String {
      let (name, data) =
        switch self {
        case .revision(let revision): ("revision", revision)
        case .failure(let messages): ("failure", messages)
        }
      let lines = data.split(omittingEmptySubsequences: false) { $0.isNewline }
      return "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
    }
  }

  /// Differs from run to run, so that a page sees that the server was started again.
  private let start = String(UInt64(Date().timeIntervalSince1970 * 1000), radix: 36)
  private var count = 0
  private var failure: String?
  private var listeners: [Int: AsyncStream<String>.Continuation] = [:]
  private var nextListener = 0

  /// Names what is served: it changes with every successful build and every start of the server.
  var revision: String { "\(start)-\(count)" }

  /// Something new is served.
  func succeed() {
    count += 1
    failure = nil
    send(.revision(revision))
  }

  /// A build failed.
  func fail(_ messages: String) {
    failure = messages
    send(.failure(messages))
  }

  /// A page listens: it is told how things stand, and then of every change.
  func listen() -> EventBytes {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    let id = nextListener
    nextListener += 1
    listeners[id] = continuation
    continuation.onTermination = { [weak self] _ in Task { await self?.forget(id) } }
    continuation.yield(Event.revision(revision).encoded)
    if let failure { continuation.yield(Event.failure(failure).encoded) }
    return EventBytes(stream: stream)
  }

  /// Sends a comment to every page now and then. Writing is the only way to find out that a page has gone.
  func keepAlive(every interval: Duration = .seconds(10)) async throws {
    while true {
      try await Task.sleep(for: interval)
      for listener in listeners.values { listener.yield(": still here\n\n") }
    }
  }

  private func send(_ event: Event) {
    for listener in listeners.values { listener.yield(event.encoded) }
  }

  private func forget(_ id: Int) {
    listeners[id] = nil
  }
}

/// The events for one page, as the body of a response that does not end.
struct EventBytes: AsyncBufferedSequence {
  typealias Element = UInt8

  let stream: AsyncStream<String>

  func makeAsyncIterator() -> Iterator {
    Iterator(events: stream.makeAsyncIterator())
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var events: AsyncStream<String>.Iterator

    /// Bytes are only ever sent event by event.
    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      guard let event = await events.next() else { return nil }
      return Array(event.utf8)
    }
  }
}
