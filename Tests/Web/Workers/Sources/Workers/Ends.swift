import Weft

// How workers end whose thread is in the program just then, and what their handlers may do.

/// What a worker's handler has seen.
private let seen = Mutex(0)

/// A worker that posts without end, terminated by the handler of what it posts: its thread is in the program then.
@JS func terminateInHandler() -> Bool {
  seen.withLock { $0 = 0 }
  let worker = WebWorker<Int, Int>.spawn(name: "chatty") { port in
    port.onMessage { number in
      var number = number
      while true {
        port.post(number)
        number += 1
      }
    }
  }
  worker.onMessage { _ in
    let count = seen.withLock { seen -> Int in
      seen += 1
      return seen
    }
    if count == 3 { worker.terminate() }
  }
  return (try? worker.post(0)) != nil
}

/// How many messages have come.
@JS func seenByHandler() -> Int { seen.withLock { $0 } }

private let closing = Mutex<WebWorker<Int, Int>?>(nil)

/// A worker whose body posts something and closes its port.
@JS func startClosing() {
  let worker = WebWorker<Int, Int>.spawn(name: "closing") { port in
    port.post(1)
    port.close()
  }
  seen.withLock { $0 = 0 }
  worker.onMessage { number in seen.withLock { $0 += number } }
  closing.withLock { $0 = worker }
}

/// Whether it has ended.
@JS func closingHasEnded() -> Bool { closing.withLock { $0?.isEnded ?? false } }

/// A worker that echoes, and a handler of the program's that stops with a message. With the lock of something that others need.
@JS func faultInHandler() {
  let worker = WebWorker<Int, Int>.spawn(name: "innocent") { port in port.onRequest { $0 } }
  worker.onMessage { number in
    seen.withLock {
      print("given \(number)")
      precondition(number != 7)
      $0 = number
    }
  }
  closing.withLock { $0 = worker }
  try? worker.post(7)
}
