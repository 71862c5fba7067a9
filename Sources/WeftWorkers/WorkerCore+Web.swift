#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform
  import WeftJS
  import WeftPlatform
  import WeftThreads

  import struct Synchronization.Atomic

  /// Whether a thread that brings a worker its messages is in the worker's instance; JavaScript changes it.
  struct WorkerPhase: ~Copyable {
    static let inProgram: Int32 = 0
    static let inWorker: Int32 = 1
    /// Another thread has ended this one, which is never to come back.
    static let ended: Int32 = 2
    /// The thread is in the program, and does not enter the worker's instance again.
    static let leaving: Int32 = 3

    let word: UnsafeMutablePointer<Atomic<Int32>>
    /// Written by the thread before it first enters.
    var thread: AbandonedThread?

    init() {
      word = .allocate(capacity: 1)
      word.initialize(to: Atomic(WorkerPhase.inProgram))
    }

    deinit {
      // A thread that was ended may still look at it until its worker is terminated, which nobody hears of here: so it stays.
      if word.pointee.load(ordering: .relaxed) == WorkerPhase.ended { return }
      word.deinitialize(count: 1)
      word.deallocate()
    }
  }

  /// What an instance begins with.
  struct WorkerStart {
    let entry: WorkerBody
    let body: WorkerBody
  }

  // A worker whose messages a thread of the program brings: it runs the worker's instance, beside its own.
  extension WorkerCore {
    /// What the thread does.
    func run(_ start: WorkerStart) {
      phase.thread = AbandonedThread.current
      do throws(JSError) {
        let instance = try startInstance(start)
        // Below 0 if its body has closed the port.
        while instance > 0, let parcel = inbox.receiveSoon() {
          if try !deliver(parcel, to: instance) { break }
        }
        try endInstance(instance.magnitude)
      } catch {
        end(with: .stopped(error.message))
      }
    }

    private func endInstance(_ instance: Double) throws(JSError) {
      var call = WorkerRequest(.end)
      call.add(instance)
      _ = try call.tryPerform()
      end(with: nil)
    }

    /// Ends the thread if it is in the worker's instance. Elsewhere it will not get there again, and sees by itself that nothing is left to do.
    func stopThread() {
      var seen = WorkerPhase.inWorker
      while true {
        let wanted = seen == WorkerPhase.inWorker ? WorkerPhase.ended : WorkerPhase.leaving
        // Acquire and release: pairs with the exchanges in JavaScript, by which the thread enters and leaves. It sees this before it could
        // use any memory of the program's, and what it did to that before is seen here.
        let (exchanged, current) = phase.word.pointee.compareExchange(
          expected: seen, desired: wanted, ordering: .acquiringAndReleasing)
        if exchanged { break }
        if current != WorkerPhase.inProgram && current != WorkerPhase.inWorker { return }
        seen = current
      }
      guard seen == WorkerPhase.inWorker, let thread = phase.thread else { return }
      let worker = thread.end()
      // The thread's own reference, which it can no longer give back.
      Unmanaged.passUnretained(self).release()
      var call = WorkerRequest(.terminateWorker)
      call.add(worker)
      // JavaScript has nothing to do but to hand this on.
      _ = try? call.tryPerform()
    }

    private func startInstance(_ start: WorkerStart) throws(JSError) -> Double {
      try begin(.start, start) { $0.add(UnsafeMutableRawPointer(phase.word).forJavaScript) }
    }

    /// Has JavaScript make an instance, here or in a worker of its own. Returns its number.
    func begin(_ call: WorkerCall, _ start: WorkerStart, _ addMore: (inout WorkerRequest) -> Void) throws(JSError) -> Double {
      let core = Unmanaged.passUnretained(self as AnyWorkerCore).toOpaque()
      // The name's bytes are lent to a closure that says by its result that it failed: it throws nothing of a type.
      return try name.withBytes { bytes -> Result<Double, JSError> in
        var request = WorkerRequest(call)
        request.add(core.forJavaScript)
        request.add(Double(memory))
        request.add(weft_number(UInt(bitPattern: bytes.baseAddress)))
        request.add(Double(bytes.count))
        request.add(Double(start.entry.function))
        request.add(Double(start.body.function))
        request.add(WorkerFunctions.begin)
        request.add(WorkerFunctions.deliver)
        request.add(WorkerFunctions.receive)
        addMore(&request)
        do throws(JSError) { return .success(try request.tryPerform()) } catch { return .failure(error) }
      }.get()
    }

    private func deliver(_ parcel: Parcel<Input>, to instance: Double) throws(JSError) -> Bool {
      defer { parcel.letGo() }
      var call = WorkerRequest(.deliver)
      call.add(instance)
      parcel.add(to: &call)
      let answer = try call.tryPerform()
      if answer < 0 { throw JSError(message: AnyWorkerCore.noAnswer) }
      return answer > 0
    }

    /// Runs the worker's instance on this thread, for one message, where there is no other thread.
    func runHere(_ input: Input) throws(WorkerError) -> Output {
      guard let start = remote.unstarted else { throw .ended }
      remote.unstarted = nil
      var result: Result<Output, WorkerError>?
      withUnsafeMutablePointer(to: &result) { place in
        // Holds: the answer comes, or does not, before this returns, and on this thread.
        nonisolated(unsafe) let place = place
        do throws(WorkerError) {
          let request = try addAnswer { place.pointee = $0 }
          do throws(JSError) {
            let instance = try startInstance(start)
            _ = try deliver(Parcel(input, request: request), to: instance)
            try endInstance(instance)
          } catch {
            end(with: .stopped(error.message))
          }
        } catch {
          place.pointee = .failure(error)
        }
      }
      return try (result ?? .failure(.ended)).get()
    }
  }

  /// Sends a message from within a worker.
  func sendFromWorker<Output: WorkerMessage>(_ output: Output, request: Int32) {
    let parcel = Parcel(output, request: request)
    var call = WorkerRequest(.post)
    parcel.add(to: &call)
    call.perform()
    parcel.letGo()
  }

  /// The functions that JavaScript calls by their indices in the function table, which are the same in all instances. Numbers are doubles,
  /// whatever the size of an address.
  enum WorkerFunctions {
    /// In a worker: runs its body. The first is the entry. Returns 0 if it has closed its port.
    static var begin: Double {
      let function: @convention(c) (Double, Double) -> Double = { entry, body in
        WorkerBody(entry).closure(WorkerEntry.self).run(WorkerBody(body)).isClosed ? 0 : 1
      }
      return index(function)
    }

    /// In a worker: gives it a message, which it frees. Returns 1 if the worker goes on, 0 if it has closed its port, and -1 if nobody
    /// answers the call.
    static var deliver: Double {
      let function: @convention(c) (Double, Double) -> Double = { message, request in
        guard let port = AnyWorkerPort.current else { return 0 }
        let isTaken = readMessage(message) { port.deliver(&$0, request: Int32(request)) }
        return isTaken ? (port.isClosed ? 0 : 1) : -1
      }
      return index(function)
    }

    /// In the program: takes a message of a worker's, and frees it. The first is the worker's core.
    static var receive: Double {
      let function: @convention(c) (Double, Double, Double) -> Void = { core, message, request in
        let core = object(AnyWorkerCore.self, core).takeUnretainedValue()
        readMessage(message) { core.receive(&$0, request: Int32(request)) }
      }
      return index(function)
    }

    /// In the program: a worker that gets its messages from JavaScript has handled one.
    static var handled: Double {
      let function: @convention(c) (Double) -> Void = { core in
        object(AnyWorkerCore.self, core).takeUnretainedValue().remote.underWay -= 1
      }
      return index(function)
    }

    /// In the program: such a worker has ended, of the fault that the message says, if there is one; or, if that is -1, because nobody
    /// there answers calls.
    static var ended: Double {
      let function: @convention(c) (Double, Double) -> Void = { core, message in
        let core = object(AnyWorkerCore.self, core).takeRetainedValue()
        core.remote.number = 0
        if message == 0 {
          core.end(with: nil)
        } else {
          core.end(with: .stopped(message < 0 ? AnyWorkerCore.noAnswer : readMessage(message) { $0.read(String.self) }))
        }
      }
      return index(function)
    }

    /// In the program: makes the bytes of a message buffer for a worker that cannot reach them; returns the object.
    static var makeStorage: Double {
      let function: @convention(c) (Double) -> Double = { count in
        Unmanaged.passRetained(BufferStorage(count: Int(count))).toOpaque().forJavaScript
      }
      return index(function)
    }

    /// In the program: where they are.
    static var storageAddress: Double {
      let function: @convention(c) (Double) -> Double = { storage in
        object(BufferStorage.self, storage).takeUnretainedValue().address
      }
      return index(function)
    }

    private static func index<Function>(_ function: Function) -> Double {
      // A pointer to a C function is its index in the table on wasm.
      weft_number(unsafeBitCast(function, to: UInt.self))
    }
  }

  private func object<Object: AnyObject>(_ type: Object.Type, _ address: Double) -> Unmanaged<Object> {
    Unmanaged.fromOpaque(UnsafeMutableRawPointer(fromJavaScript: address))
  }

  /// Reads a message that JavaScript has put into this memory, and frees it.
  private func readMessage<Result>(_ address: Double, _ body: (inout _JSReader) -> Result) -> Result {
    let memory = UnsafeMutableRawPointer(fromJavaScript: address)
    defer { freeMemory(memory) }
    var reader = _JSReader(memory, ownsObjects: true)
    return body(&reader)
  }

  extension AnyWorkerPort {
    /// The worker's own: in an instance of its own there is one, and one thread. Set before its body runs.
    nonisolated(unsafe) static var current: AnyWorkerPort?
  }
#endif
