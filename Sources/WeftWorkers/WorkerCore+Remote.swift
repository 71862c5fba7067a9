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
    var unstarted: WorkerStart?
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
        var call = WorkerRequest(.send)
        call.add(remote.number)
        parcel.add(to: &call)
        _ = try call.tryPerform()
      } catch {
        end(with: .stopped(error.message))
        throw .stopped(error.message)
      }
      return true
    }

    func startRemotely(_ start: WorkerStart) {
      // JavaScript has the reference until it says that the worker has ended.
      let reference = Unmanaged.passRetained(self as AnyWorkerCore)
      do throws(JSError) {
        remote.number = try begin(.spawn, start) {
          $0.add(WorkerFunctions.handled)
          $0.add(WorkerFunctions.ended)
        }
      } catch {
        end(with: .stopped(error.message))
        reference.release()
      }
    }

    /// Ends the worker, at once or when it has handled what was sent.
    func stopRemotely(atOnce: Bool) {
      if remote.number == 0 { return end(with: nil) }
      var call = WorkerRequest(.stop)
      call.add(remote.number)
      call.add(atOnce ? 1 : 0)
      // What JavaScript could not do is said by its end.
      _ = try? call.tryPerform()
    }
  }
#endif
