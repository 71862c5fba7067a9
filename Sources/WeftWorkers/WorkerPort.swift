import WeftJS

/// An isolated worker's side of its messages. Its body gets one, and says there what is done with them.
///
/// It belongs to the worker: not to be used on another thread.
public final class WorkerPort<Input: WorkerMessage, Output: WorkerMessage>: AnyWorkerPort {
  private var messageHandler: ((Input) -> Void)?
  private var requestHandler: ((Input) -> Output)?
  private let send: (Output, Int32) -> Void

  init(send: @escaping (Output, Int32) -> Void) { self.send = send }

  /// Has `handler` called with each message, one after the other. Replaces the handler that was there.
  public func onMessage(_ handler: @escaping (Input) -> Void) { messageHandler = handler }

  /// Has `handler` answer each call, one after the other: what it returns goes to whoever has called. Messages that were only
  /// posted are answered by a message, unless they have a handler of their own. Replaces the handler that was there.
  public func onRequest(_ handler: @escaping (Input) -> Output) { requestHandler = handler }

  /// Sends a message to whoever holds the worker. Waits while as many are unread as its capacity says, where memory is shared.
  public func post(_ output: Output) { send(output, 0) }

  /// Ends the worker once the handler that runs has returned. Messages that it has not been given are dropped.
  public func close() {
    isClosed = true
    // They may hold the port, which holds them.
    messageHandler = nil
    requestHandler = nil
  }

  /// - Parameter request: The call that the message belongs to, or 0.
  /// - Returns: False if nobody is there for it.
  func deliver(_ input: Input, request: Int32) -> Bool {
    if request == 0, let messageHandler {
      messageHandler(input)
    } else if let requestHandler {
      send(requestHandler(input), request)
    } else {
      return request == 0
    }
    return true
  }

  override func deliver(_ reader: inout _JSReader, request: Int32) -> Bool { deliver(reader.read(Input._Codec.self), request: request) }
}

/// A port without the types of its messages.
public class AnyWorkerPort {
  final var isClosed = false

  func deliver(_ reader: inout _JSReader, request: Int32) -> Bool { false }
}
