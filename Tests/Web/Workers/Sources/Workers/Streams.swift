import Weft

/// What comes back of `n` messages, each answered by several, received by this thread.
@JS func streamed(_ n: Int) -> [Int] {
  let worker = WebWorker<Int, [Int32]>.spawn { port in
    var sum = 0
    port.onMessage { number in
      sum += number
      for count in 1...3 { port.post([Int32](repeating: Int32(sum), count: count)) }
    }
  }
  let poster = Thread.spawn {
    for number in 1...n { try? worker.post(number) }
    worker.close()
  }
  var sums: [Int] = []
  while let message = try? worker.receive() { sums.append(message.reduce(0) { $0 + Int($1) }) }
  poster.join()
  return sums
}

/// The highest number that a worker counted to for several threads.
@JS func counted(clients: Int, calls: Int) -> Int {
  let counter = WebWorker<Int, Int>.spawn(capacity: 2) { port in
    var total = 0
    port.onRequest { amount in
      total += amount
      return total
    }
  }
  let threads = (0..<clients).map { _ in
    Thread.spawn { () -> Int in
      var last = 0
      for _ in 0..<calls { last = max(last, (try? counter.call(1)) ?? -1_000_000) }
      return last
    }
  }
  return threads.map { $0.join() }.max() ?? 0
}

/// Calls a worker that answers no calls, and tells what becomes of that.
@JS func callsNobody(_ heard: @escaping @Sendable (String) -> Void) {
  let worker = WebWorker<Int, Int>.spawn { port in port.onMessage { port.post($0) } }
  try? worker.call(1) { result in
    if case .failure(let error) = result { heard(reason(error)) }
  }
}

/// A worker that stays, with what JavaScript wants to hear of it.
@JS final class Echo {
  private let worker: WebWorker<[Double], [Double]>

  /// Answers each message with twice its elements; of a negative one it traps.
  @JS init() {
    worker = .spawn(name: "echo") { port in
      port.onMessage { numbers in
        precondition(numbers.allSatisfy { $0 >= 0 })
        port.post(numbers.map { $0 * 2 })
      }
      port.onRequest { numbers in numbers.map { $0 + 1 } }
    }
  }

  @JS func listen(_ onMessage: @escaping @Sendable ([Double]) -> Void, _ onError: @escaping @Sendable (String) -> Void) {
    worker.onMessage { onMessage($0) }
    worker.onError { onError(reason($0)) }
  }

  @JS func post(_ numbers: [Double]) -> String {
    do throws(WorkerError) {
      try worker.post(numbers)
      return "posted"
    } catch {
      return reason(error)
    }
  }

  @JS func call(_ numbers: [Double], _ answer: @escaping @Sendable ([Double]) -> Void) {
    try? worker.call(numbers) { result in
      if case .success(let numbers) = result { answer(numbers) }
    }
  }

  /// As many messages as fit before the worker has handled any.
  @JS func fill() -> Int {
    var count = 0
    while (try? worker.postIfReady([Double(count)])) == true && count < 1000 { count += 1 }
    return count
  }

  @JS func close() { worker.close() }
  @JS func terminate() { worker.terminate() }
  @JS var isEnded: Bool { worker.isEnded }
}

/// A worker that never comes back from a message, terminated. Returns whether whoever called it learned of that.
@JS func terminatesAnEndlessLoop() -> Bool {
  let worker = WebWorker<Int, Int>.spawn(name: "endless") { port in
    port.onRequest { number in
      var value = UInt32(number)
      while value != 0 { value = value &* 1_664_525 &+ 1_013_904_223 | 1 }
      return Int(value)
    }
  }
  let caller = Thread.spawn { () -> Bool in
    do throws(WorkerError) {
      _ = try worker.call(1)
      return false
    } catch {
      if case .ended = error { return true }
      return false
    }
  }
  Thread.sleep(for: .milliseconds(30))
  worker.terminate()
  return caller.join()
}

/// Ends with the last reference to what holds it.
private final class Held: Sendable {
  init() { live.withLock { $0 += 1 } }
  deinit { live.withLock { $0 -= 1 } }
}

private let live = Mutex(0)

/// Starts `n` workers with handlers, and ends each in another way. Then `heldByHandlers` counts what their handlers hold.
@JS func comeAndGo(_ n: Int) -> Int {
  for round in 0..<n {
    let worker = WebWorker<Int, Int>.spawn { port in
      port.onRequest { number in
        precondition(number >= 0)
        return number
      }
    }
    let held = Held()
    worker.onMessage { _ in _ = held }
    worker.onError { _ in _ = held }
    try? worker.call(round % 3 == 2 ? -1 : 1) { _ in _ = held }
    if round % 3 == 1 { worker.terminate() }
  }
  return n
}

@JS func heldByHandlers() -> Int { live.withLock { $0 } }
