import Synchronization
import WeftPlatform
import WeftThreads

import struct WeftThreads.Mutex

/// Taking and giving back a free lock, beside the two atomic operations that it needs.
final class FreeLock: Kernel {
  private let count: Int
  private let bare = BareLock()
  private let mutex = Guarded()
  private var result: UInt32 = 0

  init(count: Int) { self.count = count }

  override func sequential(_ repetition: Int) {
    for _ in 0..<count {
      _ = bare.state.compareExchange(expected: 0, desired: 1, ordering: .acquiring)
      result &+= 1
      bare.state.subtract(1, ordering: .releasing)
    }
    result = UInt32(count)
  }

  override func parallel(_ repetition: Int) {
    mutex.value.withLock { $0 = 0 }
    for _ in 0..<count { mutex.value.withLock { $0 &+= 1 } }
    result = mutex.value.withLock { $0 }
  }

  override var hash: UInt32 { hashOf(result) }
}

/// Two threads at one lock, beside one thread that does the work of both.
final class SharedLock: Kernel {
  private let count: Int
  private let mutex = Guarded()
  private let partner = Partner()
  private var result: UInt32 = 0

  init(count: Int) { self.count = count }

  private func add(_ count: Int) { for _ in 0..<count { mutex.value.withLock { $0 &+= 1 } } }

  override func sequential(_ repetition: Int) {
    mutex.value.withLock { $0 = 0 }
    add(count * 2)
    result = mutex.value.withLock { $0 }
  }

  override func parallel(_ repetition: Int) {
    mutex.value.withLock { $0 = 0 }
    let (mutex, count) = (mutex, count)
    partner.run { for _ in 0..<count { mutex.value.withLock { $0 &+= 1 } } }
    add(count)
    partner.wait()
    result = mutex.value.withLock { $0 }
  }

  override var hash: UInt32 { hashOf(result) }
}

/// What takes a round between two threads, beside a bare futex there and back.
class Round: Kernel {
  fileprivate let count: Int
  fileprivate let partner = Partner()
  fileprivate let words = PingPong()
  fileprivate var result: UInt32 = 0

  init(count: Int) { self.count = count }

  override func sequential(_ repetition: Int) { bareRounds(ask: { $0.ask() }, answer: { $0.answer() }) }

  /// Counts the rounds that came back.
  fileprivate func bareRounds(ask: (PingPong) -> Void, answer: @escaping @Sendable (PingPong) -> Void) {
    let (words, count) = (words, count)
    partner.run { for _ in 0..<count { answer(words) } }
    result = 0
    for _ in 0..<count {
      ask(words)
      result &+= 1
    }
    partner.wait()
  }

  override var hash: UInt32 { hashOf(result) }
}

/// A message there and back through channels.
class ChannelRound: Round {
  private let there = Channel<Int>(capacity: 1)
  private let back = Channel<Int>(capacity: 1)

  override func parallel(_ repetition: Int) { rounds { $0.receive() } }

  fileprivate func rounds(_ receive: @escaping @Sendable (Channel<Int>) -> Int?) {
    let (there, back, count) = (there, back, count)
    partner.run { for _ in 0..<count { back.send(receive(there)! + 1) } }
    result = 0
    for number in 0..<count {
      there.send(number)
      if receive(back) == number + 1 { result &+= 1 }
    }
    partner.wait()
  }
}

/// The same between two threads that look without sleeping, beside two plain atomics.
final class ChannelAwake: ChannelRound {
  override func sequential(_ repetition: Int) { bareRounds(ask: { $0.askAwake() }, answer: { $0.answerAwake() }) }

  override func parallel(_ repetition: Int) { rounds { $0.receiveAwake() } }
}

extension Channel<Int> {
  fileprivate func receiveAwake() -> Int {
    var spins = 0
    while true {
      if case .received(let number) = receiveIfReady() { return number }
      backOff(&spins)
    }
  }
}

/// Threads that are started and joined one after the other: a thread must be woken, and whoever joins it.
final class Spawn: Round {
  override func parallel(_ repetition: Int) {
    result = 0
    for number in 0..<count where Thread.spawn({ number }).join() == number { result &+= 1 }
  }
}

/// Arrays of 20 MB there and back through channels, beside arrays of 16 bytes.
final class ChannelPayload: Kernel {
  private let count: Int
  private let partner = Partner()
  private let there = Channel<[UInt8]>(capacity: 1)
  private let back = Channel<[UInt8]>(capacity: 1)
  private var small = [UInt8](repeating: 1, count: 16)
  private var large = [UInt8](repeating: 1, count: 20_000_000)
  private var result: UInt32 = 0

  init(count: Int) { self.count = count }

  private func exchange(_ payload: inout [UInt8]) {
    let (there, back, count) = (there, back, count)
    partner.run { for _ in 0..<count { back.send(there.receive()!) } }
    result = 0
    for _ in 0..<count {
      there.send(payload)
      payload = back.receive()!
      result &+= UInt32(payload[15])
    }
    partner.wait()
  }

  override func sequential(_ repetition: Int) { exchange(&small) }
  override func parallel(_ repetition: Int) { exchange(&large) }
  override var hash: UInt32 { hashOf(result) }
}

private final class BareLock: Sendable {
  let state = Atomic<Int32>(0)
}

private final class Guarded: Sendable {
  let value = Mutex<UInt32>(0)
}

/// A thread that does what it is told, so that no run starts one.
private final class Partner: Sendable {
  private let jobs = Channel<@Sendable () -> Void>(capacity: 1)
  private let done = Channel<Void>(capacity: 1)
  private let thread: ThreadHandle<Void, Never>

  init() {
    let (jobs, done) = (jobs, done)
    thread = Thread.spawn(name: "partner", stackSize: 1 << 16) {
      for job in jobs {
        job()
        done.send(())
      }
    }
  }

  deinit {
    jobs.close()
    thread.join()
  }

  func run(_ job: @escaping @Sendable () -> Void) { jobs.send(job) }
  func wait() { done.receive() }
}

/// One word that two threads wait on in turn: the least that a round trip can be.
private final class PingPong: @unchecked Sendable {
  // Unchecked: an atomic whose address does not change.
  private let word = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)

  init() { word.initialize(to: Atomic(0)) }
  deinit { word.deallocate() }

  func ask() {
    change(to: 1)
    wait(for: 0)
  }

  func answer() {
    wait(for: 1)
    change(to: 0)
  }

  private func wait(for value: Int32) {
    while word.pointee.load(ordering: .acquiring) != value { Futex.wait(word, while: 1 - value) }
  }

  func askAwake() {
    word.pointee.store(1, ordering: .releasing)
    waitAwake(for: 0)
  }

  func answerAwake() {
    waitAwake(for: 1)
    word.pointee.store(0, ordering: .releasing)
  }

  private func waitAwake(for value: Int32) {
    var spins = 0
    while word.pointee.load(ordering: .acquiring) != value { backOff(&spins) }
  }

  private func change(to value: Int32) {
    word.pointee.store(value, ordering: .releasing)
    Futex.wake(word)
  }
}
