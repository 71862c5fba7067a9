import Testing
import WeftThreads
import WeftWorkers

import struct Synchronization.Atomic

@Suite struct WebWorkerTests {
  @Test func answersOnce() throws {
    #expect(try WebWorker<Int, String>.run(5) { "\($0 * 2)" } == "10")
  }

  @Test func messagesAreWhole() throws {
    let sent: [[String: [Int]?]] = [["a": [.max, .min, 1], "b": nil], [:], ["c": []]]
    let (received, text) = (try WebWorker<[[String: [Int]?]], [[String: [Int]?]]>.run(sent) { $0 }, "ä\u{0}😀")
    #expect(received == sent)
    #expect(try WebWorker<String, String>.run(text) { $0 + $0 } == text + text)
  }

  @Test func buffersAreCopiedTransferredOrShared() throws {
    let worker = WebWorker<MessageBuffer, MessageBuffer>.spawn { port in
      port.onMessage { buffer in
        var byte: [UInt8] = [0]
        byte.withUnsafeMutableBytes { buffer.read(into: $0, from: 2) }
        byte[0] += 1
        byte.withUnsafeBytes { buffer.write($0, at: 2) }
        port.post(buffer)
      }
    }
    func third(_ buffer: MessageBuffer?) -> UInt8? {
      guard let buffer, buffer.count == 3 else { return nil }
      var byte: [UInt8] = [0]
      byte.withUnsafeMutableBytes { buffer.read(into: $0, from: 2) }
      return byte[0]
    }
    let buffer = MessageBuffer(count: 3)
    try worker.post(buffer.copy())
    #expect(third(try worker.receive()) == 1)
    #expect(third(buffer) == 0)
    try worker.post(try #require(buffer.shared()))
    #expect(third(try worker.receive()) == 1)
    #expect(third(buffer) == 1)
    try worker.post(buffer)
    #expect(buffer.count == 0)
    #expect(third(try worker.receive()) == 2)
  }

  @Test func streamsBothWays() throws {
    let worker = WebWorker<Int, [Int]>.spawn { port in
      var sum = 0
      port.onMessage {
        sum += $0
        for count in 1...3 { port.post(Array(repeating: sum, count: count)) }
      }
    }
    // On a thread of its own: who posts waits for room, and so does the worker until somebody receives.
    let poster = Thread.spawn { () throws(WorkerError) in
      for number in 1...100 { try worker.post(number) }
      worker.close()
    }
    defer { _ = try? poster.join() }
    // Nothing of what was sent is lost by the end.
    var received: [[Int]] = []
    while let message = try worker.receive() { received.append(message) }
    #expect(received.count == 300)
    #expect(received.last == [5050, 5050, 5050])
  }

  @Test func servesManyClients() throws {
    let counter = WebWorker<Int, Int>.spawn(capacity: 2) { port in
      var total = 0
      port.onRequest { amount in
        total += amount
        return total
      }
    }
    let threads = (0..<8).map { _ in
      Thread.spawn { () throws(WorkerError) -> Int in
        var last = 0
        for _ in 0..<200 {
          let total = try counter.call(1)
          if total <= last { return -1 }
          last = total
        }
        return last
      }
    }
    #expect(try threads.map { try $0.join() }.max() == 1600)
  }

  @Test func posterWaitsForRoom() throws {
    let worker = WebWorker<Int, Int>.spawn(capacity: 3) { port in port.onMessage { port.post($0) } }
    // Three wait in each direction, one is in the worker's hands, which waits for room.
    var sent = 0
    for _ in 0..<100 {
      if try worker.postIfReady(sent) { sent += 1 } else { Thread.sleep(for: .milliseconds(2)) }
    }
    #expect(sent == 7)
    worker.close()
    var received = 0
    while let number = try worker.receive() {
      #expect(number == received)
      received += 1
    }
    #expect(received == sent)
  }

  @Test func whatDoesNotFitIsAsItWas() throws {
    let worker = WebWorker<MessageBuffer, Int>.spawn(capacity: 1) { port in port.onMessage { _ in } }
    let senders = (0..<4).map { _ in
      Thread.spawn { () throws(WorkerError) -> Int in
        var changed = 0
        for _ in 0..<50_000 {
          let buffer = MessageBuffer(count: 8)
          if try !worker.postIfReady(buffer), buffer.count != 8 { changed += 1 }
        }
        return changed
      }
    }
    #expect(try senders.map { try $0.join() } == [0, 0, 0, 0])
  }

  @Test func handlerGetsWhatCameBefore() throws {
    let worker = WebWorker<Int, Int>.spawn { port in port.onMessage { port.post($0) } }
    for number in 0..<10 { try worker.post(number) }
    let seen = Mutex<[Int]>([])
    let all = Semaphore(permits: 0)
    let box = Box(seen, all)
    worker.onMessage { number in
      box.seen.withLock { $0.append(number) }
      box.all.release()
    }
    for number in 10..<100 { try worker.post(number) }
    for _ in 0..<100 { box.all.acquire() }
    #expect(box.seen.withLock { $0 } == Array(0..<100))
  }

  final class Box: Sendable {
    let seen: Mutex<[Int]>
    let all: Semaphore
    init(_ seen: consuming Mutex<[Int]>, _ all: consuming Semaphore) {
      self.seen = seen
      self.all = all
    }
  }

  @Test func aHandlerIsReplacedByWhatItSets() throws {
    let worker = WebWorker<Int, Int>.spawn { port in port.onRequest { $0 } }
    let first = Mutex<[Int]>([])
    let second = Mutex<[Int]>([])
    withExtendedLifetime(worker) {
      for number in 0..<5 { try? worker.post(number) }
      // All of them wait.
      while (try? worker.call(0)) == nil {}
      worker.onMessage { number in
        first.withLock { $0.append(number) }
        worker.onMessage { number in second.withLock { $0.append(number) } }
      }
      try? worker.post(5)
      #expect(soon { second.withLock { $0.count } == 5 })
    }
    #expect(first.withLock { $0 } == [0])
    #expect(second.withLock { $0 } == [1, 2, 3, 4, 5])
  }

  /// The thread that calls handlers is the one that would make room.
  @Test func aHandlerDoesNotWaitForItself() throws {
    let worker = WebWorker<Int, Int>.spawn(capacity: 2) { port in port.onRequest { $0 } }
    let refusals = Mutex(0)
    let answers = Mutex(0)
    @Sendable func again(_ number: Int) {
      do throws(WorkerError) {
        try worker.call(number) { result in
          guard case .success = result else { return }
          answers.withLock { $0 += 1 }
          for _ in 0..<3 { again(number + 1) }
        }
      } catch {
        if case .wouldWait = error { refusals.withLock { $0 += 1 } }
      }
    }
    again(0)
    #expect(soon { refusals.withLock { $0 } >= 10 })
    worker.terminate()
    #expect(answers.withLock { $0 } > 0)
  }

  @Test func terminationEndsAllThatWait() throws {
    let worker = WebWorker<Int, Int>.spawn { port in
      port.onRequest { _ in
        Thread.sleep(for: .milliseconds(50))
        return 0
      }
    }
    let caller = Thread.spawn { () -> Bool in
      do throws(WorkerError) {
        _ = try worker.call(1)
        _ = try worker.call(2)
        return false
      } catch {
        if case .ended = error { return true }
        return false
      }
    }
    Thread.sleep(for: .milliseconds(10))
    worker.terminate()
    #expect(caller.join())
    #expect(worker.isEnded)
    #expect(throws: WorkerError.self) { try worker.post(1) }
    #expect(try worker.receive() == nil)
  }

  @Test func callWithoutHandlerIsAnError() {
    let worker = WebWorker<Int, Int>.spawn { port in port.onMessage { port.post($0) } }
    #expect {
      try worker.call(1)
    } throws: { error in
      if case .stopped(let message)? = error as? WorkerError { message.contains("port.onRequest") } else { false }
    }
  }

  @Test func portEndsTheWorker() throws {
    let worker = WebWorker<Int, Int>.spawn { port in
      port.onMessage {
        port.post($0)
        if $0 == 3 { port.close() }
      }
    }
    for number in 1...3 { try worker.post(number) }
    var received: [Int] = []
    while let number = try worker.receive() { received.append(number) }
    #expect(received == [1, 2, 3])
    #expect(throws: WorkerError.self) { try worker.call(4) }
  }

  /// Ends with the last reference to whatever captures it.
  final class Captured: Sendable {
    static let alive = Atomic<Int>(0)
    init() { Captured.alive.add(1, ordering: .relaxed) }
    deinit { Captured.alive.subtract(1, ordering: .sequentiallyConsistent) }
  }

  @Test func handlersGoWithTheWorker() throws {
    for round in 0..<50 {
      let worker = WebWorker<Int, Int>.spawn { port in port.onRequest { $0 } }
      let captured = Captured()
      worker.onMessage { _ in _ = captured }
      worker.onError { _ in _ = captured }
      try worker.call(1) { _ in _ = captured }
      if round % 2 == 0 { worker.terminate() }
    }
    // Their threads let go of the last references.
    for _ in 0..<500 where Captured.alive.load(ordering: .sequentiallyConsistent) > 0 { Thread.sleep(for: .milliseconds(10)) }
    #expect(Captured.alive.load(ordering: .sequentiallyConsistent) == 0)
  }
}

/// Whether it becomes so within ten seconds.
private func soon(_ isSo: () -> Bool) -> Bool {
  for _ in 0..<10_000 {
    if isSo() { return true }
    Thread.sleep(for: .milliseconds(1))
  }
  return false
}
