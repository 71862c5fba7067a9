import Synchronization
import Weft

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
