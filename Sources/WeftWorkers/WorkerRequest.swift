#if arch(wasm32) || arch(wasm64)
  import WeftJS
  import WeftPlatform

  /// What JavaScript does for workers, in `isolated.js`; the numbers are its own.
  enum WorkerCall: Int32 {
    /// Makes an instance with a memory of its own on the calling thread, and runs the worker's body there.
    case start = 0
    /// Gives that instance a message; returns whether it goes on.
    case deliver = 1
    /// Forgets the instance.
    case end = 2
    /// In a worker: sends what was written to the program.
    case post = 3
    /// Starts a worker that gets messages from JavaScript, and returns its number.
    case spawn = 4
    /// Sends such a worker a message.
    case send = 5
    /// Ends it: at once, or when it has handled what was sent.
    case stop = 6
    /// Terminates the worker, given its record, on which a thread ran that is ended from outside.
    case terminateWorker = 7
    /// Makes bytes for a message buffer, and returns their number.
    case makeBuffer = 8
    case dropBuffer = 9
    /// Copies all bytes of one into another.
    case duplicateBuffer = 10
    /// Copies from or into the instance's memory.
    case copyBuffer = 11
  }

  /// A call of that kind, with the numbers that it needs.
  struct WorkerRequest {
    private var call: _JSCall

    init(_ call: WorkerCall) { self.call = _JSCall(worker: call.rawValue + workersAreUsed()) }

    @inline(never)
    mutating func add(_ number: Double) { call.write(Double.self, number) }

    /// Makes the call.
    @inline(never)
    mutating func tryPerform() throws(JSError) -> Double { try call.tryPerform(Double.self) }

    /// Makes a call that does not fail.
    @discardableResult
    mutating func perform() -> Double {
      // Without its message, for which programs would need all that takes strings apart.
      guard let result = try? tryPerform() else { fail("JavaScript cannot do what an isolated worker needs") }
      return result
    }
  }

  /// Tells packaging that the program uses workers; as a function it does nothing.
  @_extern(wasm, module: "weft:js", name: "weft.workers")
  func workersAreUsed() -> Int32
#endif
