// What must hold for each lock and channel whatever the threads do: run by the tests natively, and (the same file) on the web.
//
// Each function runs `operations` in all on some threads, and returns how often something did not hold.

import Synchronization
import WeftThreads

import struct WeftThreads.Mutex

struct Litmus {
  let threads: Int
  let operations: Int
  /// Calls its argument on as many threads at once, with their numbers, and waits for them.
  let onThreads: (@escaping @Sendable (Int) -> Void) -> Void

  private var each: Int { max(1, operations / threads) }

  /// One thread at a time is inside, sees all that was written before, and none is forgotten.
  func mutex() -> Int {
    let shared = Guarded()
    let each = each
    onThreads { _ in
      for round in 0..<each {
        switch round & 63 {
        case 0..<8: if shared.mutex.withLockIfAvailable({ shared.wrong.note($0.advance()) }) != nil { continue }
        case 8: if shared.mutex.withLock(timeout: .microseconds(20), { shared.wrong.note($0.advance()) }) != nil { continue }
        default: break
        }
        shared.mutex.withLock { shared.wrong.note($0.advance()) }
      }
    }
    return shared.wrong.count + abs(shared.mutex.withLock { $0.first } - each * threads)
  }

  /// Writers are alone, readers see no half of a change, and nobody is forgotten.
  func rwLock() -> Int {
    let shared = Guarded()
    let each = each
    onThreads { thread in
      for round in 0..<each {
        switch (round &+ thread) & 31 {
        case 0: shared.rwLock.withWriteLock { shared.wrong.note($0.advance()) }
        case 1: if shared.rwLock.withWriteLockIfAvailable({ shared.wrong.note($0.advance()) }) == nil { shared.missed.note(false) }
        case 2:
          if shared.rwLock.withWriteLock(timeout: .microseconds(20), { shared.wrong.note($0.advance()) }) == nil {
            shared.missed.note(false)
          }
        case 3: _ = shared.rwLock.withReadLockIfAvailable { shared.wrong.note($0.isWhole) }
        case 4: _ = shared.rwLock.withReadLock(timeout: .microseconds(20)) { shared.wrong.note($0.isWhole) }
        default: shared.rwLock.withReadLock { shared.wrong.note($0.isWhole) }
        }
      }
    }
    var writes = -shared.missed.count
    for thread in 0..<threads { for round in 0..<each where (round &+ thread) & 31 < 3 { writes += 1 } }
    return shared.wrong.count + abs(shared.rwLock.withReadLock { $0.first } - writes)
  }

  /// A queue with room for one, each notification for one waiter: a lost one would be waited for without end.
  func condition() -> Int {
    let shared = Slot()
    let pairs = threads / 2
    let each = max(1, operations / max(1, pairs))
    onThreads { thread in
      if thread >= pairs * 2 { return }
      for round in 0..<each {
        if thread & 1 == 0 {
          shared.isEmptied.wait(for: shared.mutex, until: { $0 == nil }) { $0 = round }
          shared.isFilled.notifyOne()
        } else {
          let value: Int
          if round & 63 == 0 {
            var taken: Int?
            repeat {
              taken = shared.isFilled.wait(for: shared.mutex, until: { $0 != nil }, timeout: .microseconds(20)) { $0.take()! }
            } while taken == nil
            value = taken!
          } else {
            value = shared.isFilled.wait(for: shared.mutex, until: { $0 != nil }) { $0.take()! }
          }
          shared.sum.add(value, ordering: .relaxed)
          shared.isEmptied.notifyOne()
        }
      }
    }
    return abs(shared.sum.load(ordering: .relaxed) &- pairs &* (each &* (each &- 1) / 2))
  }

  /// Never more threads inside than there are permits, and in the end all permits are back.
  func semaphore(permits: Int) -> Int {
    let shared = Permits(permits)
    let each = each
    onThreads { _ in
      for round in 0..<each {
        if round & 63 == 3 {
          if !shared.semaphore.acquireIfAvailable() { continue }
        } else if round & 63 == 7 {
          if !shared.semaphore.acquire(timeout: .microseconds(20)) { continue }
        } else {
          shared.semaphore.acquire()
        }
        // Relaxed, so that the plain word has no order but the semaphore's.
        shared.wrong.note(shared.inside.add(1, ordering: .relaxed).newValue <= permits)
        let plain = shared.plain.address
        if permits == 1 { plain.pointee += 1 }
        shared.inside.subtract(1, ordering: .relaxed)
        shared.done.add(1, ordering: .relaxed)
        shared.semaphore.release()
      }
    }
    for _ in 0..<permits { shared.wrong.note(shared.semaphore.acquireIfAvailable()) }
    shared.wrong.note(!shared.semaphore.acquireIfAvailable())
    if permits == 1 { shared.wrong.note(shared.plain.address.pointee == shared.done.load(ordering: .relaxed)) }
    return shared.wrong.count
  }

  /// Nobody leaves before all have come; each phase has one leader.
  func barrier() -> Int {
    let shared = Phases(threads)
    let phases = each
    let threads = threads
    onThreads { thread in
      for phase in 0..<phases {
        shared.marks[thread] = phase
        if shared.barrier.arriveAndWait() { shared.leaders.add(1, ordering: .relaxed) }
        for other in 0..<threads { shared.wrong.note(shared.marks[other] == phase) }
        // Marks are plain words: nobody writes the next before all have read these.
        if shared.barrier.arriveAndWait() { shared.leaders.add(1, ordering: .relaxed) }
      }
    }
    return shared.wrong.count + abs(shared.leaders.load(ordering: .relaxed) - 2 * phases)
  }

  /// One run for each, visible to all afterwards.
  func once() -> Int {
    let count = max(1, each / 4)
    let shared = (0..<count).map { _ in OnceMade() }
    let wrong = Wrong()
    onThreads { thread in
      for (index, each) in shared.enumerated() {
        // The first attempt of some fails.
        if index & 3 == 0 {
          do throws(Failed) {
            try each.failing.run { () throws(Failed) in throw Failed() }
          } catch {
            each.failures.add(1, ordering: .relaxed)
          }
          each.failing.run { each.makings += 1 }
        } else {
          each.once.run { each.makings += 1 }
        }
        wrong.note(each.makings == 1)
        wrong.note(each.lazy.value == 7)
      }
    }
    for (index, each) in shared.enumerated() {
      let failures = each.failures.load(ordering: .relaxed)
      wrong.note(index & 3 == 0 ? failures >= 1 : failures == 0)
    }
    return wrong.count
  }

  /// Pairs of threads pass a plain word to and fro.
  func parker() -> Int {
    let pairs = threads / 2
    let each = max(1, operations / max(1, pairs * 2))
    let shared = (0..<pairs).map { _ in Ball() }
    let wrong = Wrong()
    onThreads { thread in
      if thread >= pairs * 2 { return }
      let ball = shared[thread / 2]
      for round in 0..<each {
        if thread & 1 == 0 {
          ball.value = round
          ball.there.unpark()
          if round & 63 == 0 { while !ball.back.park(timeout: .microseconds(20)) {} } else { ball.back.park() }
          wrong.note(ball.value == -round)
        } else {
          ball.there.park()
          wrong.note(ball.value == round)
          ball.value = -round
          ball.back.unpark()
        }
      }
    }
    return wrong.count
  }

  /// All messages arrive once, those of one sender in order, whatever the capacity and however they are sent and received.
  func channel(capacity: Int) -> Int {
    let channel = Channel<Message>(capacity: capacity)
    let senders = max(1, threads / 2)
    return exchange(
      senders: senders,
      send: { message in
        var message = message
        while true {
          switch message.number & 63 {
          case 3: if case .full(let back) = channel.sendIfReady(message) { message = back } else { return }
          case 7: if case .full(let back) = channel.send(message, timeout: .microseconds(20)) { message = back } else { return }
          default:
            channel.send(message)
            return
          }
        }
      },
      receive: { round in
        while true {
          switch round & 63 {
          case 3: if case .received(let message) = channel.receiveIfReady() { return message }
          case 7: if case .received(let message) = channel.receive(timeout: .microseconds(20)) { return message }
          default: break
          }
          return channel.receive()
        }
      }, close: { channel.close() })
  }

  /// The same through two channels, by selects on both sides.
  func select(capacity: Int) -> Int {
    let channels = [Channel<Message>(capacity: capacity), Channel<Message>(capacity: capacity)]
    let senders = max(1, threads / 2)
    let each = max(1, operations / senders)
    let tally = Tally(senders: senders)
    let threads = threads
    onThreads { thread in
      if thread < senders {
        for number in 0..<each {
          var select = Select()
          select.send(Message(sender: thread, number: number), to: channels[0])
          select.send(Message(sender: thread, number: number | Message.second), to: channels[1])
          if number & 63 == 0 { while !select.wait(timeout: .microseconds(20)) {} } else { select.wait() }
        }
        if tally.lastSender() { for channel in channels { channel.close() } }
      }
      if thread >= senders || threads == 1 {
        // Of one sender's messages those through one channel keep their order.
        let view = [View(senders: senders), View(senders: senders)]
        var select = Select()
        for (index, channel) in channels.enumerated() {
          select.receive(from: channel) { message in if let message { view[index].see(message, tally) } }
        }
        while select.wait() {}
      }
    }
    return tally.wrongs(senders: senders, each: each)
  }

  /// Values go through futures around a ring of threads, with what was written before.
  func future() -> Int {
    let count = each
    let ring = (0..<threads).map { _ in (0..<count).map { _ in Future<Parcel>.make() } }
    let wrong = Wrong()
    let threads = threads
    onThreads { thread in
      for index in 0..<count {
        if thread == 0 { ring[0][index].completer.complete(with: Parcel(index)) }
        guard let parcel = ring[thread][index].future.wait() else {
          wrong.note(false)
          continue
        }
        wrong.note(parcel.value == index + thread)
        parcel.value += 1
        if thread + 1 < threads { ring[thread + 1][index].completer.complete(with: parcel) }
      }
    }
    return wrong.count
  }

  private func exchange(
    senders: Int, send: @escaping @Sendable (Message) -> Void, receive: @escaping @Sendable (Int) -> Message?,
    close: @escaping @Sendable () -> Void
  ) -> Int {
    let each = max(1, operations / senders)
    let tally = Tally(senders: senders)
    onThreads { thread in
      if thread < senders {
        for number in 0..<each { send(Message(sender: thread, number: number)) }
        if tally.lastSender() { close() }
      } else {
        let view = View(senders: senders)
        var round = 0
        while let message = receive(round) {
          view.see(message, tally)
          round += 1
        }
      }
    }
    return tally.wrongs(senders: senders, each: each)
  }
}

/// Counts what did not hold.
final class Wrong: Sendable {
  private let total = Atomic<Int>(0)
  var count: Int { total.load(ordering: .relaxed) }
  func note(_ isRight: Bool) { if !isRight { total.add(1, ordering: .relaxed) } }
}

/// Two plain words that are equal unless a lock lets two in.
private struct Pair {
  var first = 0
  var second = 0
  var isWhole: Bool { first == second }

  mutating func advance() -> Bool {
    let wasWhole = isWhole
    first += 1
    second += 1
    return wasWhole
  }
}

private final class Guarded: Sendable {
  let mutex = Mutex(Pair())
  let rwLock = RWLock(Pair())
  let wrong = Wrong()
  let missed = Wrong()
}

private final class Slot: Sendable {
  let mutex = Mutex<Int?>(nil)
  let isFilled = Condition()
  let isEmptied = Condition()
  let sum = Atomic<Int>(0)
}

private final class Permits: Sendable {
  let semaphore: Semaphore
  let inside = Atomic<Int>(0)
  let done = Atomic<Int>(0)
  // Written by the holder of the only permit.
  nonisolated(unsafe) let plain = Plain()
  let wrong = Wrong()
  init(_ permits: Int) { semaphore = Semaphore(permits: permits) }
}

private final class Plain {
  let address = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  init() { address.initialize(to: 0) }
  deinit { address.deallocate() }
}

private final class Phases: Sendable {
  let barrier: Barrier
  // Each thread writes its own before the barrier, and reads all after it.
  nonisolated(unsafe) let marks: UnsafeMutablePointer<Int>
  let leaders = Atomic<Int>(0)
  let wrong = Wrong()
  init(_ threads: Int) {
    barrier = Barrier(count: threads)
    marks = .allocate(capacity: threads)
    marks.initialize(repeating: -1, count: threads)
  }
  deinit { marks.deallocate() }
}

struct Failed: Error {}

private final class OnceMade: Sendable {
  let once = Once()
  let failing = Once()
  let failures = Atomic<Int>(0)
  // Written by the one run.
  nonisolated(unsafe) var makings = 0
  let lazy = Lazy { 7 }
}

private final class Ball: Sendable {
  let there = Parker()
  let back = Parker()
  // Whoever was unparked last owns it.
  nonisolated(unsafe) var value = 0
}

/// Written by the thread that has it, without a lock.
private final class Parcel: @unchecked Sendable {
  var value: Int
  init(_ value: Int) { self.value = value }
}

struct Message: Equatable, Sendable {
  var sender: Int
  var number: Int
  /// Marks what went through the second channel.
  static let second = 1 << 30
}

/// What all receivers have received.
final class Tally: Sendable {
  let wrong = Wrong()
  private let senders: Atomic<Int>
  private let received = Atomic<Int>(0)
  private let sum = Atomic<Int>(0)

  init(senders: Int) { self.senders = Atomic(senders) }

  func lastSender() -> Bool { senders.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }

  func note(_ number: Int) {
    received.add(1, ordering: .relaxed)
    sum.wrappingAdd(number, ordering: .relaxed)
  }

  func wrongs(senders: Int, each: Int) -> Int {
    wrong.note(received.load(ordering: .relaxed) == senders * each)
    var expected = 0
    for number in 0..<each { expected &+= number }
    wrong.note(sum.load(ordering: .relaxed) == expected &* senders)
    return wrong.count
  }
}

/// What one receiver has received: from each sender in order.
final class View {
  private var last: [Int]
  init(senders: Int) { last = Array(repeating: -1, count: senders) }

  func see(_ message: Message, _ tally: Tally) {
    let number = message.number & ~Message.second
    tally.wrong.note(number > last[message.sender])
    last[message.sender] = number
    tally.note(number)
  }
}
