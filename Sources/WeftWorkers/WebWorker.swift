import WeftJS
import WeftPlatform
import WeftThreads

/// A worker that shares nothing: its own instance of the program with its own memory, to which messages go and from which they come.
///
/// ```swift
/// let primes = WebWorker<Int, [Int]>.spawn { port in
///   port.onMessage { limit in port.post(sieve(limit)) }
/// }
/// primes.onMessage { print("\($0.count)") }
/// try primes.post(1_000_000)
/// ```
///
/// A fault in it stops it alone, and what it has in memory goes with it. It has the program's globals as they are at the beginning, and
/// captures nothing: what it needs is sent. Threads of ``Thread`` and the pool share memory instead, and hand over values without a copy.
///
/// On the web, where memory may be shared between threads, messages go without JavaScript's: a thread copies them from one memory into
/// the other. Elsewhere (a page that is not isolated) they are JavaScript's messages to a worker; nothing can wait for them there, so that
/// handlers are the way to get them. Natively a worker is a thread, and values are handed over.
///
/// Thread-safe. When the last reference to it goes, the worker handles what was sent and ends.
public final class WebWorker<Input: WorkerMessage, Output: WorkerMessage>: Sendable {
  private let core: WorkerCore<Input, Output>

  private init(_ core: WorkerCore<Input, Output>) { self.core = core }

  deinit { core.close() }

  /// Starts a worker. Returns at once.
  ///
  /// - Parameters:
  ///   - name: Shown by debuggers, on the console and in errors; `worker-1` and so on if not given.
  ///   - capacity: How many messages may be under way in each direction before who posts has to wait.
  ///   - memory: The most bytes that the worker may use, on the web.
  ///   - body: Runs once in the worker, and says at its port what is done with messages. Captures nothing, or the program stops with a message.
  public static func spawn(
    name: ThreadName? = nil, capacity: Int = 16, memory: Int = 256 << 20,
    _ body: @escaping @Sendable (WorkerPort<Input, Output>) -> Void
  ) -> WebWorker {
    let core = WorkerCore<Input, Output>(name: name ?? workerName(), capacity: capacity, memory: memory)
    core.start(PortTask(run: body))
    return WebWorker(core)
  }

  /// Runs `body` once, in a worker of its own, and waits for its result. In the single-threaded build it runs here, with a memory of its own.
  ///
  /// - Parameters: As for ``spawn(name:capacity:memory:_:)``.
  /// - Throws: ``WorkerError/stopped(_:)`` with the message if it did not come to its end.
  public static func run(
    _ input: Input, name: ThreadName? = nil, memory: Int = 256 << 20, _ body: @escaping @Sendable (Input) -> Output
  ) throws(WorkerError) -> Output {
    let core = WorkerCore<Input, Output>(name: name ?? workerName(), capacity: 1, memory: memory)
    core.start(RequestTask(run: body), isOnce: true)
    return try core.runOnce(input)
  }

  /// Sends a message. Waits while `capacity` messages are under way.
  ///
  /// - Throws: ``WorkerError/wouldWait`` where nothing can wait, and in a handler of this worker's messages; an error once the worker has ended.
  public func post(_ input: Input) throws(WorkerError) { try core.post(input, request: 0) }

  /// Sends a message if fewer than `capacity` are under way.
  ///
  /// - Returns: Whether it was sent.
  /// - Throws: An error once the worker has ended.
  public func postIfReady(_ input: Input) throws(WorkerError) -> Bool { try core.postIfReady(input) }

  /// Sends a message to the handler that the worker has set with ``WorkerPort/onRequest(_:)``, and waits for its answer. Any number of
  /// threads may call at once; the worker answers them one after the other.
  ///
  /// - Throws: ``WorkerError/wouldWait`` where nothing can wait, and in a handler of this worker's messages; an error if the worker ends
  ///   before it has answered.
  public func call(_ input: Input) throws(WorkerError) -> Output { try core.call(input) }

  /// The same without waiting for the answer: `handler` gets it, or why there is none, as ``onMessage(_:)`` says.
  public func call(_ input: Input, then handler: @escaping @Sendable (Result<Output, WorkerError>) -> Void) throws(WorkerError) {
    try core.call(input, then: handler)
  }

  /// Has `handler` called with each message, one after the other: those that came before at once, the others on the thread that brings
  /// them, where memory is shared, and otherwise on the program's. While it runs, the worker's next message waits.
  public func onMessage(_ handler: @escaping @Sendable (Output) -> Void) { core.onMessage(handler) }

  /// Has `handler` called if a fault stops the worker. If one has, at once.
  public func onError(_ handler: @escaping @Sendable (WorkerError) -> Void) { core.onError(handler) }

  /// Waits for the next message. Not to be used together with ``onMessage(_:)``.
  ///
  /// - Returns: nil when the worker has ended and all its messages were received.
  /// - Throws: ``WorkerError/stopped(_:)`` after a fault; ``WorkerError/wouldWait`` where nothing can wait and nothing is there.
  public func receive() throws(WorkerError) -> Output? { try core.receive() }

  /// Ends the worker when it has handled what was sent. Returns at once.
  public func close() { core.close() }

  /// Ends the worker at once, whatever it does. What it was sent is lost, and calls end with ``WorkerError/ended``.
  public func terminate() { core.terminate() }

  /// Whether the worker has ended.
  public var isEnded: Bool { core.isEnded }
}
