import WeftJS
import WeftPlatform
import struct Synchronization.Atomic
import WeftThreads

/// What those who hold a worker share with what brings it messages and takes its own. Thread-safe.
///
/// Messages to the worker wait in `inbox`, which a thread empties: natively it is the worker, on the web it has the worker's instance beside
/// the program's. Where no thread can be started, messages go straight to JavaScript.
final class WorkerCore<Input: WorkerMessage, Output: WorkerMessage>: AnyWorkerCore, @unchecked Sendable {
  // Unchecked: what changes is in `outputs`, atomic, or written before the worker starts.
  typealias Answer = @Sendable (Result<Output, WorkerError>) -> Void

  /// What comes from it, and who waits for it.
  struct Outputs: ~Copyable {
    var handler: (@Sendable (Output) -> Void)?
    /// How many were set, so that one which is being given what came before it sees that another one has replaced it.
    var handlerCount = 0
    var errorHandler: (@Sendable (WorkerError) -> Void)?
    /// As long as there is no handler.
    var unread = Queue<Output>()
    /// In the order of the requests, in which most are answered. Not a dictionary, which would be a good part of a small program.
    var answers = Queue<(request: Int32, answer: Answer)>()
    var lastRequest: Int32 = 0
    var isEnded = false
    /// If a fault has ended it.
    var error: WorkerError?

    func position(of request: Int32) -> Int? {
      for index in 0..<answers.count where answers[index].request == request { return index }
      return nil
    }
  }

  let inbox: Channel<Parcel<Input>>
  /// Held from the look for room until the message is sent: to write one empties its buffers, so that it must fit.
  private let sending = RawMutex()
  private let outputs = Mutex(Outputs())
  /// A message was read or came, a handler was set, or the worker has ended.
  private let changed = Condition()
  /// The thread that empties the inbox, and calls handlers: it must not wait for itself. 0 before it is there. Relaxed: only that thread
  /// sees its own number.
  private let carrier = Atomic<UInt>(0)

  override init(name: ThreadName, capacity: Int, memory: Int) {
    if capacity < 1 { fail("A WebWorker's capacity is at least 1") }
    inbox = Channel(capacity: capacity)
    super.init(name: name, capacity: capacity, memory: memory)
  }

  /// Starts the worker.
  ///
  /// - Parameter isOnce: Whether all that it will be asked for is one call, by `runOnce`.
  func start<Task: WorkerTask>(_ task: Task, isOnce: Bool = false) where Task.Input == Input, Task.Output == Output {
    #if arch(wasm32) || arch(wasm64)
      let entry = WorkerEntry { body in
        let port = WorkerPort<Input, Output>(send: sendFromWorker)
        AnyWorkerPort.current = port
        body.closure(Task.self).begin(at: port)
        return port
      }
      let start = WorkerStart(entry: WorkerBody(entry), body: WorkerBody(task))
      if canStartThreads {
        Thread.spawn(name: name, stackSize: 1 << 18) { [self] in
          carrier.store(PlatformThread.currentID, ordering: .relaxed)
          run(start)
        }
      } else if isOnce {
        remote.unstarted = start
      } else {
        startRemotely(start)
      }
    #else
      Thread.spawn(name: name) { [self] in
        carrier.store(PlatformThread.currentID, ordering: .relaxed)
        let port = WorkerPort<Input, Output> { [unowned self] output, request in
          receive(Parcel(output, request: request).take(), request: request)
        }
        task.begin(at: port)
        while !port.isClosed, let parcel = inbox.receiveSoon() {
          if !port.deliver(parcel.take(), request: parcel.request) { end(with: .stopped(AnyWorkerCore.noAnswer)) }
        }
        port.close()
        end(with: nil)
      }
    #endif
  }

  // MARK: to the worker

  /// Whether the running thread may wait until the worker has done something.
  private var mayWait: Bool { hasThread && currentThreadMayBlock && carrier.load(ordering: .relaxed) != PlatformThread.currentID }

  func post(_ input: Input, request: Int32) throws(WorkerError) {
    if !mayWait {
      if try !postIfReady(input, request: request) { throw .wouldWait }
    } else {
      sending.lock()
      defer { sending.unlock() }
      if !inbox.send(Parcel(input, request: request)).isSent { throw reasonOfEnd }
    }
  }

  func postIfReady(_ input: Input, request: Int32 = 0) throws(WorkerError) -> Bool {
    #if arch(wasm32) || arch(wasm64)
      if !hasThread { return try sendRemotely(input, request: request) }
    #endif
    var spins = 0
    while !sending.lockIfAvailable() {
      // Who waits for room has the lock meanwhile; without need of that it is free soon.
      if inbox.count >= capacity { return false }
      backOff(&spins)
    }
    defer { sending.unlock() }
    // What does not fit is as it was: nothing is taken out of it.
    if inbox.count >= capacity { return false }
    switch inbox.sendIfReady(Parcel(input, request: request)) {
    case .sent: return true
    case .full: return false
    case .closed: throw reasonOfEnd
    }
  }

  /// One call of a worker that is there for that alone.
  func runOnce(_ input: Input) throws(WorkerError) -> Output {
    defer { close() }
    #if arch(wasm32) || arch(wasm64)
      if !hasThread { return try runHere(input) }
    #endif
    return try call(input)
  }

  func call(_ input: Input) throws(WorkerError) -> Output {
    if !mayWait { throw inbox.isClosed ? reasonOfEnd : .wouldWait }
    let (completer, future) = Future<Result<Output, WorkerError>>.make()
    try call(input) { completer.complete(with: $0) }
    guard let result = future.channel.receiveSoon() else { throw reasonOfEnd }
    return try result.get()
  }

  func call(_ input: Input, then answer: @escaping Answer) throws(WorkerError) {
    let request = try addAnswer(answer)
    do throws(WorkerError) {
      try post(input, request: request)
    } catch {
      // Unless the worker's end has had it answered already.
      if takeAnswer(request) != nil { throw error }
    }
  }

  func addAnswer(_ answer: @escaping Answer) throws(WorkerError) -> Int32 {
    let request: Int32 = outputs.withLock { outputs in
      if outputs.isEnded { return 0 }
      repeat {
        outputs.lastRequest = outputs.lastRequest == .max ? 1 : outputs.lastRequest + 1
      } while outputs.position(of: outputs.lastRequest) != nil
      outputs.answers.append((outputs.lastRequest, answer))
      return outputs.lastRequest
    }
    if request == 0 { throw reasonOfEnd }
    return request
  }

  private func takeAnswer(_ request: Int32) -> Answer? {
    outputs.withLock { outputs in
      outputs.position(of: request).map { outputs.answers.remove(at: $0).answer }
    }
  }

  // MARK: from the worker

  override func receive(_ reader: inout _JSReader, request: Int32) { receive(reader.read(Output._Codec.self), request: request) }

  /// Gives a message of the worker's to whoever is to have it. Waits for room on a thread.
  func receive(_ output: Output, request: Int32) {
    if request != 0 {
      takeAnswer(request)?(.success(output))
      return
    }
    let isBounded = hasThread
    let capacity = capacity
    let handler = changed.wait(
      for: outputs, until: { !isBounded || $0.handler != nil || $0.isEnded || $0.unread.count < capacity }
    ) { outputs -> (@Sendable (Output) -> Void)? in
      if outputs.handler == nil && !outputs.isEnded { outputs.unread.append(output) }
      return outputs.handler
    }
    changed.notifyAll()
    handler?(output)
  }

  func onMessage(_ handler: @escaping @Sendable (Output) -> Void) {
    let number: Int = outputs.withLock {
      $0.handlerCount += 1
      return $0.handlerCount
    }
    while true {
      // Those that came before are the handler's before it gets others, unless it is replaced meanwhile.
      let unread: Output? = outputs.withLock { outputs in
        if outputs.handlerCount != number { return nil }
        if outputs.unread.count > 0 { return outputs.unread.remove(at: 0) }
        if !outputs.isEnded { outputs.handler = handler }
        return nil
      }
      changed.notifyAll()
      guard let unread else { return }
      handler(unread)
    }
  }

  func onError(_ handler: @escaping @Sendable (WorkerError) -> Void) {
    let error: WorkerError? = outputs.withLock { outputs in
      if !outputs.isEnded { outputs.errorHandler = handler }
      return outputs.error
    }
    if let error { handler(error) }
  }

  func receive() throws(WorkerError) -> Output? {
    let mayWait = mayWait
    let (output, isThere, error): (Output?, Bool, WorkerError?) = changed.wait(
      for: outputs, until: { !mayWait || $0.isEnded || $0.unread.count > 0 }
    ) { outputs in
      outputs.unread.count == 0 ? (nil, outputs.isEnded, outputs.error) : (outputs.unread.remove(at: 0), true, nil)
    }
    changed.notifyAll()
    if let error { throw error }
    if !isThere { throw .wouldWait }
    return output
  }

  // MARK: the end

  var isEnded: Bool { outputs.withLock { $0.isEnded } }

  var reasonOfEnd: WorkerError { outputs.withLock { $0.error } ?? .ended }

  func close() {
    inbox.close()
    #if arch(wasm32) || arch(wasm64)
      if !hasThread { stopRemotely(atOnce: false) }
    #endif
  }

  func terminate() {
    end(with: nil, dropsUnread: true)
    #if arch(wasm32) || arch(wasm64)
      if hasThread { stopThread() } else { stopRemotely(atOnce: true) }
    #endif
  }

  override func end(with error: WorkerError?) { end(with: error, dropsUnread: false) }

  /// Lets everybody who waits go on. Only the first end counts.
  private func end(with error: WorkerError?, dropsUnread: Bool) {
    var errorHandler: (@Sendable (WorkerError) -> Void)?
    let answers: Queue<(request: Int32, answer: Answer)> = outputs.withLock { outputs in
      if dropsUnread { outputs.unread = Queue() }
      if outputs.isEnded { return Queue() }
      outputs.isEnded = true
      outputs.error = error
      errorHandler = outputs.errorHandler
      // Whatever they hold ends with the worker.
      outputs.handler = nil
      outputs.errorHandler = nil
      return outputs.answers.takeAll()
    }
    inbox.close()
    while case .received = inbox.receiveIfReady() {}
    changed.notifyAll()
    for index in 0..<answers.count { answers[index].answer(.failure(error ?? .ended)) }
    if let error { errorHandler?(error) }
  }
}

/// The name of a worker that was given none.
func workerName() -> ThreadName { ThreadName("worker-", number: workerNumbers.add(1, ordering: .relaxed).newValue) }

/// Relaxed: only differs each time.
private let workerNumbers = Atomic<Int>(0)

/// A worker's core without the types of its messages, for JavaScript.
class AnyWorkerCore {
  let name: ThreadName
  let capacity: Int
  /// Bytes.
  let memory: Int

  #if arch(wasm32) || arch(wasm64)
    /// What a thread that brings the messages is doing.
    final var phase = WorkerPhase()
    /// The worker that gets its messages from JavaScript, and how many it has not handled; used by the only thread.
    final var remote = RemoteWorker()
  #endif

  static var noAnswer: String { "A WebWorker was called, and has no handler for that: its body must call port.onRequest" }

  init(name: ThreadName, capacity: Int, memory: Int) {
    self.name = name
    self.capacity = capacity
    self.memory = memory
  }

  /// Takes a message that JavaScript has brought.
  func receive(_ reader: inout _JSReader, request: Int32) {}

  func end(with error: WorkerError?) {}

  /// Whether a thread brings the messages.
  final var hasThread: Bool { canStartThreads }
}
