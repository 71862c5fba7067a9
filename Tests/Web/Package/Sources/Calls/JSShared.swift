import Synchronization
import Weft

/// Adds 1 to the counter so often, on several threads of the pool at once.
@JS func increment(_ memory: JSSharedMemory, times: Int) {
  let counter = memory.atomic(Int32.self, at: 0)
  (0..<times).parallel.forEach { (_: Int) in counter.add(1) }
}

/// Answers each even number at `offset` with the next odd one, `rounds` times; sleeps between.
@JS func answer(_ memory: JSSharedMemory, at offset: Int, rounds: Int) -> Int {
  let ball = memory.atomic(Int32.self, at: offset)
  var answered = 0
  while answered < rounds {
    let value = ball.load()
    if value != Int32(answered * 2 + 1) {
      ball.wait(while: value)
      continue
    }
    answered += 1
    ball.store(Int32(answered * 2))
    ball.notify()
  }
  return answered
}

/// What the operations return, one after the other, on the last 8 bytes, which hold 12 before.
@JS func operate64(_ memory: JSSharedMemory) -> [UInt64] {
  let value = memory.atomic(UInt64.self, at: memory.count - 8)
  let failed = value.compareExchange(expected: 11, desired: 1)
  let done = value.compareExchange(expected: 12, desired: .max)
  return [
    failed.exchanged ? 1 : 0, failed.original, done.exchanged ? 1 : 0, value.add(3), value.subtract(1), value.or(0xF0), value.and(0x3C),
    value.xor(1), value.exchange(1 << 63), value.load(),
  ]
}

/// The same on the first 4 bytes.
@JS func operate32(_ memory: JSSharedMemory) -> [Int32] {
  let value = memory.atomic(Int32.self, at: 0)
  value.store(12)
  let failed = value.compareExchange(expected: 11, desired: 1)
  let done = value.compareExchange(expected: 12, desired: -1)
  let unsigned = memory.atomic(UInt32.self, at: 0)
  return [
    failed.exchanged ? 1 : 0, failed.original, done.exchanged ? 1 : 0, unsigned.load() == .max ? 1 : 0, value.add(3), value.subtract(1),
    value.or(0xF0), value.and(0x3C), value.xor(1), value.exchange(.min), value.load(),
    value.wait(while: 0) ? 1 : 0, value.wait(while: .min, nanoseconds: 1_000_000) ? 1 : 0, Int32(value.notify()),
  ]
}

/// Copies the bytes from `offset` on, doubles each as a `Double`, and copies them back; all threads take part.
@JS func doubleAll(_ memory: JSSharedMemory) {
  (0..<memory.count / 8).parallel.forEach { (index: Int) in
    memory.store(memory.load(as: Double.self, at: index * 8) * 2, at: index * 8)
  }
  var all = [Double](repeating: 0, count: memory.count / 8)
  all.withUnsafeMutableBufferPointer { memory.copy(to: $0) }
  for index in all.indices { all[index] += 1 }
  all.withUnsafeBufferPointer { memory.copy(from: $0) }
}

@JS func countOf(_ memory: JSSharedMemory?) -> Int { memory?.count ?? -1 }

/// What a thread stops at: 0 beyond the end, 1 an offset that is not aligned, 2 a copy that is too long.
@JS func misuse(_ memory: JSSharedMemory, _ way: Int) {
  switch way {
  case 0: memory.atomic(Int32.self, at: memory.count).add(1)
  case 1: memory.atomic(Int64.self, at: 4).add(1)
  default: [UInt8](repeating: 0, count: 8).withUnsafeBytes { memory.copy(from: $0, to: memory.count - 7) }
  }
}

/// Memory that Swift keeps.
private let keptMemory = Mutex<JSSharedMemory?>(nil)

@JS func keepMemory(_ memory: JSSharedMemory?) { keptMemory.withLock { $0 = memory } }
@JS func addToKept() -> Int32 { keptMemory.withLock { $0?.atomic(Int32.self, at: 0).add(1) ?? -1 } }
@JS func returnKept() -> JSSharedMemory? { keptMemory.withLock { $0 } }

/// On a new thread of the program's own.
@JS func incrementOnNewThread(_ memory: JSSharedMemory) -> Int32 {
  Thread.spawn { memory.atomic(Int32.self, at: 0).add(1) }.join()
}

/// On each thread of the pool.
@JS func incrementEverywhere(_ memory: JSSharedMemory) -> Int {
  Pool.global.broadcast { _ in memory.atomic(Int32.self, at: 0).add(1) }.count
}

/// Adds 1 to the counter, and spins until it is so large, so that its thread cannot hear anything.
@JS func spinUntil(_ memory: JSSharedMemory, _ value: Int32) {
  let counter = memory.atomic(Int32.self, at: 0)
  counter.add(1)
  while counter.load() < value {}
}
