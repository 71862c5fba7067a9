import Synchronization
import Weft

enum Refusal: Error {
  case number(Int)
}

/// Whether the build can start threads.
@JS func canSpawn() -> Bool { Thread.canSpawn }

/// Spawns `count` threads one after the other, from `spawner` (0: the caller, 1: a thread of the pool, 2: a spawned thread), and
/// joins each. Returns the sum of what they return.
@JS func spawnInSequence(_ count: Int, spawner: Int) -> Int {
  from(spawner) {
    var sum = 0
    for index in 0..<count { sum += Thread.spawn { index }.join() }
    return sum
  }
}

/// Spawns `count` threads at once, all of which are alive at the same time, and joins them. Returns how many names differ.
@JS func spawnAtOnce(_ count: Int, spawner: Int) -> Int {
  from(spawner) {
    let meeting = Everybody(count)
    let threads = (0..<count).map { index in
      Thread.spawn(name: ThreadName("of-many-", number: index)) {
        meeting.barrier.arriveAndWait()
        return Thread.current
      }
    }
    return Set(threads.map { $0.join() }).count
  }
}

/// Embedded Swift captures a barrier in no closure that escapes, but an object that has one.
private final class Everybody: Sendable {
  let barrier: Barrier

  init(_ count: Int) { barrier = Barrier(count: count) }
}

private func from(_ spawner: Int, _ body: @escaping @Sendable () -> Int) -> Int {
  switch spawner {
  case 0: return body()
  case 1:
    let pool = Pool(threads: 1)
    defer { pool.shutdown() }
    return pool.install(body)
  default: return Thread.spawn(name: "spawner", body).join()
  }
}

/// Joins a thread that throws. Returns what it threw.
@JS func joinThrowing(_ number: Int) -> Int {
  let thread = Thread.spawn { () throws(Refusal) -> Int in
    if number > 0 { throw Refusal.number(number) }
    return -1
  }
  // Twice: each join tells.
  for _ in 0..<2 {
    do throws(Refusal) { _ = try thread.join() } catch {
      if case .number(let number) = error { return number }
    }
  }
  return 0
}

private let detachedCount = Atomic<Int>(0)

/// Starts threads that nobody joins. Returns how many had run when all had.
@JS func detach(_ count: Int) -> Int {
  let before = detachedCount.load(ordering: .relaxed)
  for _ in 0..<count { Thread.spawn { detachedCount.add(1, ordering: .relaxed) } }
  while detachedCount.load(ordering: .relaxed) - before < count { Thread.sleep(for: .milliseconds(1)) }
  return detachedCount.load(ordering: .relaxed) - before
}

/// Threads of a scope that use the caller's frame, and spawn further ones. Returns the sum, 3 for each.
@JS func sumInScope(_ count: Int) -> Int {
  let sum = Atomic<Int>(0)
  let returned = withUnsafePointer(to: sum) { pointer in
    // Holds: the scope ends before the frame.
    nonisolated(unsafe) let shared = pointer
    return Thread.scope { scope in
      for _ in 0..<count {
        scope.spawn {
          shared.pointee.add(1, ordering: .relaxed)
          scope.spawn { shared.pointee.add(2, ordering: .relaxed) }
        }
      }
      return 7
    }
  }
  return returned == 7 ? sum.load(ordering: .relaxed) : -1
}

private final class Guest: Sendable {
  static let alive = Atomic<Int>(0)
  static let ended = Atomic<Int>(0)

  init() { Guest.alive.add(1, ordering: .relaxed) }

  deinit {
    Guest.alive.subtract(1, ordering: .relaxed)
    Guest.ended.add(1, ordering: .relaxed)
  }
}

private let guests = ThreadLocal { Guest() }
private let counters = ThreadLocal { 0 }

/// Each of `count` threads counts to its number in a variable of its own and keeps an object. Returns the sum of the counts, or
/// -1 if an object lived longer than its thread.
@JS func countThreadLocally(_ count: Int) -> Int {
  let before = Guest.ended.load(ordering: .relaxed)
  var sum = 0
  for round in 0..<count {
    sum += Thread.spawn {
      for _ in 0..<round { counters.withValue { $0 += 1 } }
      guests.withValue { _ in }
      return counters.value
    }.join()
  }
  return Guest.ended.load(ordering: .relaxed) - before == count && Guest.alive.load(ordering: .relaxed) == 0 ? sum : -1
}

/// Loops on a pool of its own while it changes its size at random. Returns how many of its results were wrong.
@JS func resizeWhileWorking(rounds: Int, most: Int) -> Int {
  let pool = Pool(threads: 2)
  let isOver = Atomic<Bool>(false)
  let wrong = withUnsafePointer(to: isOver) { pointer in
    // Holds: the scope ends before the frame.
    nonisolated(unsafe) let isOver = pointer
    return Thread.scope { scope in
      scope.spawn(name: "resizer") {
        var random = Random(state: 1)
        while !isOver.pointee.load(ordering: .relaxed) {
          pool.resize(threads: 1 + Int(random.next() % UInt64(most)))
          Thread.yield()
        }
      }
      var wrong = 0
      for round in 0..<rounds {
        let sum = pool.install {
          let sum = Atomic<Int>(0)
          parallelFor(0..<100) { index in sum.add(index + round, ordering: .relaxed) }
          return sum.load(ordering: .relaxed)
        }
        if sum != 4950 + 100 * round { wrong += 1 }
      }
      isOver.pointee.store(true, ordering: .relaxed)
      return wrong
    }
  }
  pool.shutdown()
  return wrong
}
