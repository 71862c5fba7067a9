#if arch(wasm32) || arch(wasm64)
  import WeftJS
  import WeftPlatform
  import WeftThreads

  /// A worker that gets its messages from JavaScript, because no memory is shared. There is one thread, which alone uses this.
  struct RemoteWorker {
    /// JavaScript's number for it; 0 before its start and after its end.
    var number = 0.0
    /// Messages that it has not handled.
    var underWay = 0
    /// What it will run, as long as it has not been started.
    var unstarted: (entry: WorkerBody, body: WorkerBody)?
  }

  extension WorkerCore {
    /// Sends a message, unless too many are under way.
    func sendRemotely(_ input: Input, request: Int32) throws(WorkerError) -> Bool {
      if isEnded || inbox.isClosed { throw reasonOfEnd }
      if remote.underWay == capacity { return false }
      let parcel = Parcel(input, request: request)
      defer { parcel.letGo() }
      do throws(JSError) {
        remote.underWay += 1
        _ = try WorkerCalls.call(
          .send, remote.number, Double(parcel.memory), Double(parcel.length), Double(parcel.lastBlock), Double(request))
      } catch {
        end(with: .stopped(error.message))
        throw .stopped(error.message)
      }
      return true
    }

    func startRemotely(_ entry: WorkerBody, _ body: WorkerBody) {
      // JavaScript has the reference until it says that the worker has ended.
      let object = Unmanaged.passRetained(self as AnyWorkerCore)
      let started = name.withBytes { bytes -> Result<Double, JSError> in
        do throws(JSError) {
          return .success(
            try WorkerCalls.call(
              .spawn, Double(object.toOpaque()), Double(memory), Double(bytes.baseAddress), Double(bytes.count), Double(entry.function),
              Double(body.function), WorkerFunctions.begin, WorkerFunctions.deliver, WorkerFunctions.receive, WorkerFunctions.handled,
              WorkerFunctions.ended))
        } catch {
          return .failure(error)
        }
      }
      switch started {
      case .success(let number): remote.number = number
      case .failure(let error):
        end(with: .stopped(error.message))
        object.release()
      }
    }

    /// Ends the worker, at once or when it has handled what was sent.
    func stopRemotely(atOnce: Bool) {
      if remote.number == 0 { return end(with: nil) }
      // What JavaScript could not do is said by its end.
      _ = try? WorkerCalls.call(.stop, remote.number, atOnce ? 1 : 0)
    }
  }
#endif
