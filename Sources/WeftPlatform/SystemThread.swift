#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

#if !(arch(wasm32) || arch(wasm64))
  typealias SystemThread = pthread_t

  extension UnsafeMutablePointer where Pointee == ThreadRecord {
    func startSystemThread(stackSize: Int) {
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      pthread_attr_setstacksize(&attributes, max((stackSize + page - 1) / page * page, Int(sysconf(Int32(_SC_THREAD_STACK_MIN)))))
      #if os(Linux)
        var thread = pthread_t()
      #else
        var thread: pthread_t?
      #endif
      let result = pthread_create(
        &thread, &attributes,
        { argument in
          #if os(Linux)
            argument!.assumingMemoryBound(to: ThreadRecord.self).runSystemThread()
          #else
            argument.assumingMemoryBound(to: ThreadRecord.self).runSystemThread()
          #endif
          return nil
        }, self)
      pthread_attr_destroy(&attributes)
      if result != 0 { fail("The system could not start a thread: it has too many, or no memory for the stack") }
      pointee.handle = thread
    }

    private func runSystemThread() {
      runBody()
      finish()
    }

    /// Not only until the body has ended: the system's own ends of the thread come after it.
    func joinSystemThread() {
      if pthread_join(pointee.handle.unsafelyUnwrapped, nil) != 0 { fail("Deadlock: a thread waits for its own end") }
    }

    func detachSystemThread() { pthread_detach(pointee.handle.unsafelyUnwrapped) }
  }
#endif
