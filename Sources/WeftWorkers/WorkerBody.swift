import WeftPlatform

/// What a worker runs, as a word that means the same in another instance of the module: the index of a function. So it captures nothing.
struct WorkerBody {
  let function: UInt

  /// - Parameter closure: One property, a closure: where it is a property and no argument, it is stored as it is called.
  init<Closure>(_ closure: Closure) {
    let (function, captures) = withUnsafeBytes(of: closure) {
      // A closure is a function and what it captures.
      ($0.load(as: UInt.self), $0.load(fromByteOffset: MemoryLayout<UInt>.size, as: UInt.self))
    }
    if captures != 0 { fail("What a WebWorker runs may capture nothing, since its memory is its own: send it as a message") }
    self.function = function
  }

  init(_ function: Double) { self.function = UInt(function) }

  /// The closure, in the instance that this runs in.
  func closure<Closure>(_ type: Closure.Type) -> Closure { unsafeBitCast((function, 0 as UInt), to: type) }
}

/// How an instance begins that a worker has to itself: with a body, of which it makes the worker's port.
struct WorkerEntry {
  let run: @Sendable (WorkerBody) -> AnyWorkerPort
}

/// What a worker runs. Its one property is a closure that captures nothing.
protocol WorkerTask: Sendable {
  associatedtype Input: WorkerMessage
  associatedtype Output: WorkerMessage
  /// Says at the port what is done with messages.
  func begin(at port: WorkerPort<Input, Output>)
}

/// The task of a worker that gets its port.
struct PortTask<Input: WorkerMessage, Output: WorkerMessage>: WorkerTask {
  let run: @Sendable (WorkerPort<Input, Output>) -> Void
  func begin(at port: WorkerPort<Input, Output>) { run(port) }
}

/// The task of a worker that only answers.
struct RequestTask<Input: WorkerMessage, Output: WorkerMessage>: WorkerTask {
  let run: @Sendable (Input) -> Output
  func begin(at port: WorkerPort<Input, Output>) { port.onRequest(run) }
}
