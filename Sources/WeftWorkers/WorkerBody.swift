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

/// Begins with a worker's body: given the body, it makes the port that the body gets.
struct WorkerEntry {
  let run: @Sendable (WorkerBody) -> AnyWorkerPort
}

/// The body of a worker that gets its port.
struct PortBody<Input: WorkerMessage, Output: WorkerMessage> {
  let run: @Sendable (WorkerPort<Input, Output>) -> Void
}

/// The body of a worker that only answers.
struct RequestBody<Input: WorkerMessage, Output: WorkerMessage> {
  let run: @Sendable (Input) -> Output
}
