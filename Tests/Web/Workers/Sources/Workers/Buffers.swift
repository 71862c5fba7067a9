import Weft

/// How a buffer is given to a worker that adds 1 to each byte and sends it back: what the program's and the worker's hold then, as the sum of
/// the bytes, and how long they are.
@JS func buffers(_ count: Int) -> [Int] {
  let worker = WebWorker<MessageBuffer, MessageBuffer>.spawn { port in
    port.onMessage { buffer in
      change(buffer) { $0 &+ 1 }
      port.post(buffer)
    }
  }
  var results: [Int] = []
  do throws(WorkerError) {
    let transferred = filled(count)
    try worker.post(transferred)
    results += [transferred.count, sum(try worker.receive())]
    let copied = filled(count)
    try worker.post(copied.copy())
    results += [sum(copied), sum(try worker.receive())]
    let shared = filled(count)
    if let same = shared.shared() {
      try worker.post(same)
      let back = try worker.receive()
      // What is changed in one shows in the other.
      if let back { change(back) { $0 &+ 1 } }
      results += [sum(shared), sum(back)]
    }
  } catch {
    results.append(-1)
  }
  return results
}

/// Buffers that a worker makes, and that go through it, `rounds` times: nothing of them stays. The sum of what came.
@JS func buffersComeAndGo(_ rounds: Int, _ count: Int) -> Int {
  let worker = WebWorker<[MessageBuffer], MessageBuffer>.spawn { port in
    port.onRequest { buffers in
      let made = MessageBuffer(count: buffers[0].count)
      change(made) { _ in UInt8(buffers.count) }
      return made.copy()
    }
  }
  var total = 0
  for _ in 0..<rounds { total += sum(try? worker.call([MessageBuffer(count: count), MessageBuffer(count: count)])) }
  return total
}

/// A buffer that goes to a worker and comes changed, by handlers alone, also where nothing can wait.
@JS func bufferThere(_ count: Int, _ result: @escaping @Sendable ([Int]) -> Void) {
  let worker = WebWorker<MessageBuffer, MessageBuffer>.spawn { port in
    port.onRequest { buffer in
      change(buffer) { $0 &+ 1 }
      return buffer.copy()
    }
  }
  let buffer = filled(count)
  try? worker.call(buffer) { answer in
    if case .success(let changed) = answer { result([buffer.count, sum(changed)]) }
    worker.close()
  }
}

/// A buffer of 500 bytes that a worker has filled in its body: the sum of its bytes.
@JS func bufferOfABody(_ result: @escaping @Sendable (Int) -> Void) {
  let worker = WebWorker<Int, MessageBuffer>.spawn { port in
    port.post(filled(500))
    port.close()
  }
  worker.onMessage { result(sum($0)) }
}

/// Messages of `megabytes` to workers that have no room for them, one worker after the other; how many said so.
@JS func messagesThatDoNotFit(_ rounds: Int, _ megabytes: Int) -> Int {
  let message = [UInt8](repeating: 1, count: megabytes << 20)
  var count = 0
  for _ in 0..<rounds {
    let worker = WebWorker<[UInt8], Int>.spawn(memory: 4 << 20) { port in port.onRequest { $0.count } }
    do throws(WorkerError) {
      _ = try worker.call(message + [0])
    } catch {
      if case .stopped(let reason) = error, reason.hasPrefix("Out of memory: ") { count += 1 }
    }
  }
  return count
}

private func filled(_ count: Int) -> MessageBuffer {
  let buffer = MessageBuffer(count: count)
  change(buffer) { _ in 1 }
  return buffer
}

private func change(_ buffer: MessageBuffer, _ body: (UInt8) -> UInt8) {
  var bytes = [UInt8](repeating: 0, count: buffer.count)
  bytes.withUnsafeMutableBytes { buffer.read(into: $0, from: 0) }
  for index in bytes.indices { bytes[index] = body(bytes[index]) }
  bytes.withUnsafeBytes { buffer.write($0, at: 0) }
}

private func sum(_ buffer: MessageBuffer?) -> Int {
  guard let buffer else { return -1 }
  var bytes = [UInt8](repeating: 0, count: buffer.count)
  bytes.withUnsafeMutableBytes { buffer.read(into: $0, from: 0) }
  return bytes.reduce(0) { $0 + Int($1) }
}
