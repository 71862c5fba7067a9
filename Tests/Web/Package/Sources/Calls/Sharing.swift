import Synchronization
import Weft

private let initialisations = Atomic<Int>(0)

/// A global that takes long to make, so that several threads come to it while it is made.
private let table: [Int] = {
  initialisations.add(1, ordering: .relaxed)
  var values: [Int] = []
  for index in 0..<200_000 { values.append(index &* index) }
  return values
}()

/// How often a global was initialised that all threads use at once; -1 if one of them saw it half made.
@JS func globalInitialisations() -> Int {
  let wrong = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: 1)
  wrong.initialize(to: Atomic(0))
  nonisolated(unsafe) let shared = wrong
  parallelFor(0..<16) { _ in
    if table.count != 200_000 || table[1000] != 1_000_000 { shared.pointee.add(1, ordering: .relaxed) }
  }
  defer { wrong.deallocate() }
  return wrong.pointee.load(ordering: .relaxed) == 0 ? initialisations.load(ordering: .relaxed) : -1
}

private let ends = Atomic<Int>(0)

private final class Counted: Sendable {
  let value = 7
  deinit { ends.add(1, ordering: .relaxed) }
}

/// Shares objects among all threads, each retained and released many times. Returns how many ended beyond or short of once.
@JS func unbalancedObjects(_ objects: Int) -> Int {
  let before = ends.load(ordering: .relaxed)
  for _ in 0..<objects {
    let shared = Counted()
    parallelFor(0..<64) { index in
      var held: [Counted] = []
      for _ in 0..<200 { held.append(shared) }
      precondition(held[index].value == 7)
    }
  }
  return ends.load(ordering: .relaxed) - before - objects
}

/// Prints `count` lines on each thread.
@JS func printLines(_ count: Int) {
  parallelFor(0..<4) { strand in
    for line in 0..<count { print("strand \(strand) line \(line) end") }
  }
}

/// Stops in the middle of a loop, on whichever thread comes to it.
@JS func trapInLoop() {
  parallelFor(0..<64) { index in
    if index == 40 { fatalError() }
    _ = buildAndDrop(strands: 1, rounds: 2000)
  }
}

/// Recurses too deep on a thread.
@JS func recurse(_ depth: Int) -> Int {
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 4000) { room in
    room.initialize(repeating: depth)
    return depth == 0 ? 0 : recurse(depth - 1) + room[depth % 4000] - depth
  }
}

/// Stops at once.
@JS func trap() { fatalError() }

/// Raises the flag of one side and waits for that of the other. Returns true when both are up.
@JS func meet(_ flags: SharedBuffer<Int32>, _ side: Int) -> Bool {
  let words = UnsafeMutableRawPointer(flags.baseAddress).assumingMemoryBound(to: Atomic<Int32>.self)
  words[side].store(1, ordering: .relaxed)
  while words[1 - side].load(ordering: .relaxed) == 0 {}
  return true
}
