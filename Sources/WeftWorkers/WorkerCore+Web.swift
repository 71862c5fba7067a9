#if arch(wasm32) || arch(wasm64)
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

    let word: UnsafeMutablePointer<Atomic<Int32>>
    /// Written by the thread before it first enters.
    var thread: AbandonedThread?

    init() {
      word = .allocate(capacity: 1)
      word.initialize(to: Atomic(WorkerPhase.inProgram))
    }

    deinit {
      word.deinitialize(count: 1)
      word.deallocate()
    }
  }

  // A worker whose messages a thread of the program brings: it runs the worker's instance, beside its own.
  extension WorkerCore {
    /// What the thread does.
    func run(_ entry: WorkerBody, _ body: WorkerBody) {
      phase.thread = AbandonedThread.current
      do throws(JSError) {
        let instance = try startInstance(entry, body)
        while let parcel = inbox.receiveSoon() {
          if try !deliver(parcel, to: instance) { break }
        }
        _ = try WorkerCalls.call(.end, instance)
        end(with: nil)
      } catch {
        end(with: .stopped(error.message))
      }
    }

    /// Ends the thread if it is in the worker's instance. Elsewhere it will see by itself that nothing is left to do.
    func stopThread() {
      // Acquire and release: pairs with the exchanges in JavaScript, by which the thread enters and leaves. It sees this before it could
      // use any memory of the program's, and what it did to that before is seen here.
      let hasEnded = phase.word.pointee.compareExchange(
        expected: WorkerPhase.inWorker, desired: WorkerPhase.ended, ordering: .acquiringAndReleasing
      ).exchanged
      guard hasEnded, let thread = phase.thread else { return }
      let worker = thread.end()
      // The thread's own reference, which it can no longer give back.
      Unmanaged.passUnretained(self).release()
      // JavaScript has nothing to do but to hand this on.
      _ = try? WorkerCalls.call(.terminateWorker, Double(worker))
    }

    private func startInstance(_ entry: WorkerBody, _ body: WorkerBody) throws(JSError) -> Double {
      let object = UnsafeRawPointer(Unmanaged.passUnretained(self as AnyWorkerCore).toOpaque())
      return try name.withBytes { bytes -> Result<Double, JSError> in
        do throws(JSError) {
          return .success(
            try WorkerCalls.call(
              .start, Double(object), Double(memory), Double(bytes.baseAddress), Double(bytes.count), Double(entry.function),
              Double(body.function), WorkerFunctions.begin, WorkerFunctions.deliver, WorkerFunctions.receive, Double(phase.word)))
        } catch {
          return .failure(error)
        }
      }.get()
    }

    private func deliver(_ parcel: Parcel<Input>, to instance: Double) throws(JSError) -> Bool {
      defer { parcel.letGo() }
      let answer = try WorkerCalls.call(
        .deliver, instance, Double(parcel.memory), Double(parcel.length), Double(parcel.lastBlock), Double(parcel.request))
      if answer < 0 { throw JSError(message: WorkerCore.noAnswer) }
      return answer > 0
    }

    /// Runs the worker's instance on this thread, for one message, where there is no other thread.
    func runHere(_ input: Input) throws(WorkerError) -> Output {
      guard let (entry, body) = remote.unstarted else { throw .ended }
      remote.unstarted = nil
      var result: Result<Output, WorkerError>?
      withUnsafeMutablePointer(to: &result) { place in
        // Holds: the answer comes, or does not, before this returns, and on this thread.
        nonisolated(unsafe) let place = place
        do throws(WorkerError) {
          let request = try addAnswer { place.pointee = $0 }
          do throws(JSError) {
            let instance = try startInstance(entry, body)
            _ = try deliver(Parcel(input, request: request), to: instance)
            _ = try WorkerCalls.call(.end, instance)
            end(with: nil)
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
    WorkerCalls.perform(.post, Double(parcel.memory), Double(parcel.length), Double(parcel.lastBlock), Double(request))
    parcel.letGo()
  }

  /// The functions that JavaScript calls by their indices in the function table, which are the same in all instances. Numbers are doubles,
  /// whatever the size of an address.
  enum WorkerFunctions {
    /// In a worker: runs its body. The first is the entry.
    static var begin: Double {
      let function: @convention(c) (Double, Double) -> Void = { entry, body in
        AnyWorkerPort.current = WorkerBody(entry).closure(WorkerEntry.self).run(WorkerBody(body))
      }
      return index(function)
    }

    /// In a worker: gives it a message, which it frees. Returns 1 if the worker goes on, 0 if it has closed its port, and -1 if nobody
    /// answers the call.
    static var deliver: Double {
      let function: @convention(c) (Double, Double) -> Double = { message, request in
        guard let port = AnyWorkerPort.current else { return 0 }
        let memory = UnsafeMutableRawPointer(bitPattern: UInt(message)).unsafelyUnwrapped
        var reader = _JSReader(memory, ownsObjects: true)
        let isTaken = port.deliver(&reader, request: Int32(request))
        freeMemory(memory)
        return isTaken ? (port.isClosed ? 0 : 1) : -1
      }
      return index(function)
    }

    /// In the program: takes a message of a worker's, and frees it. The first is the worker's core.
    static var receive: Double {
      let function: @convention(c) (Double, Double, Double) -> Void = { core, message, request in
        let memory = UnsafeMutableRawPointer(bitPattern: UInt(message)).unsafelyUnwrapped
        var reader = _JSReader(memory, ownsObjects: true)
        coreObject(core).takeUnretainedValue().receive(&reader, request: Int32(request))
        freeMemory(memory)
      }
      return index(function)
    }

    /// In the program: a worker that gets its messages from JavaScript has handled one.
    static var handled: Double {
      let function: @convention(c) (Double) -> Void = { core in coreObject(core).takeUnretainedValue().remote.underWay -= 1 }
      return index(function)
    }

    /// In the program: such a worker has ended, of the fault that the message says, if there is one.
    static var ended: Double {
      let function: @convention(c) (Double, Double) -> Void = { core, message in
        let core = coreObject(core).takeRetainedValue()
        core.remote.number = 0
        guard let memory = UnsafeMutableRawPointer(bitPattern: UInt(message)) else { return core.end(with: nil) }
        var reader = _JSReader(memory, ownsObjects: true)
        core.end(with: .stopped(reader.read(String.self)))
        freeMemory(memory)
      }
      return index(function)
    }

    /// In the program: makes the bytes of a message buffer for a worker that cannot reach them; returns the object.
    static var makeStorage: Double {
      let function: @convention(c) (Double) -> Double = { count in
        Double(Unmanaged.passRetained(BufferStorage(count: Int(count))).toOpaque())
      }
      return index(function)
    }

    /// In the program: where they are.
    static var storageAddress: Double {
      let function: @convention(c) (Double) -> Double = { object in
        Unmanaged<BufferStorage>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(object)).unsafelyUnwrapped).takeUnretainedValue().address
      }
      return index(function)
    }

    private static func index<Function>(_ function: Function) -> Double {
      // A pointer to a C function is its index in the table on wasm.
      Double(unsafeBitCast(function, to: UInt.self))
    }
  }

  private func coreObject(_ address: Double) -> Unmanaged<AnyWorkerCore> {
    Unmanaged.fromOpaque(UnsafeRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped)
  }

  extension AnyWorkerPort {
    /// The worker's own: in an instance of its own there is one, and one thread.
    nonisolated(unsafe) static var current: AnyWorkerPort?
  }
#else
  /// Natively a worker's port hands messages over itself.
  func sendFromWorker<Output: WorkerMessage>(_ output: Output, request: Int32) {}
#endif
