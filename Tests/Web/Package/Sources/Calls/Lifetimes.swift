import Synchronization
import Weft

private let ends = Atomic<Int>(0)

private final class Node: Sendable {
  let value: Int
  let next: Node?

  init(value: Int, next: Node?) {
    self.value = value
    self.next = next
  }

  deinit { ends.add(1, ordering: .relaxed) }
}

/// One object held by 8 strands, which together retain and release it `count` times. Returns how often it has ended: 0 while it
/// was still held plus 1 afterwards, or -1 if it ended early.
@JS func endsOfShared(_ count: Int) -> Int {
  let before = ends.load(ordering: .relaxed)
  var isEarly = false
  do {
    let shared = Node(value: 7, next: nil)
    parallelFor(0..<8) { _ in
      var held: [Node?] = [nil, nil, nil, nil]
      for index in 0..<count / 8 { held[index & 3] = shared }
      precondition(held[0]?.value == 7)
    }
    isEarly = ends.load(ordering: .relaxed) != before || shared.value != 7
  }
  return isEarly ? -1 : ends.load(ordering: .relaxed) - before
}

/// Closures made on one strand and called and dropped on another, each keeping an object of its own. Returns the sum of what
/// they gave back and, negated, of all that did not end: 0 + 1 + … + (`count` - 1) if all is well.
@JS func handOverClosures(_ count: Int) -> Int {
  let before = ends.load(ordering: .relaxed)
  typealias Work = @Sendable () -> Int
  let boxes = UnsafeMutablePointer<Work?>.allocate(capacity: count)
  boxes.initialize(repeating: nil, count: count)
  nonisolated(unsafe) let shared = boxes
  let sum = Atomic<Int>(0)
  parallelFor(0..<count) { index in
    let node = Node(value: index, next: nil)
    shared[index] = { node.value }
  }
  // The other way round, so that most run on another thread than the one that made them.
  parallelFor(0..<count) { index in
    let work = shared[count - 1 - index].take()
    sum.add(work?() ?? -1, ordering: .relaxed)
  }
  boxes.deallocate()
  let missing = count - (ends.load(ordering: .relaxed) - before)
  return missing == 0 ? sum.load(ordering: .relaxed) : -missing
}

/// A list built on the caller and let go by a thread of the pool that held it last. Returns how many of its nodes ended.
@JS func endsOfList(_ count: Int) -> Int {
  let before = ends.load(ordering: .relaxed)
  var list: Node?
  for value in 0..<count { list = Node(value: value, next: list) }
  let handed = Mailbox(list)
  list = nil
  parallelFor(0..<8) { _ in _ = handed.take() }
  return ends.load(ordering: .relaxed) - before
}

/// Holds an object for the first that asks.
private struct Mailbox: ~Copyable, Sendable {
  private let bits: Atomic<UInt>

  init(_ node: Node?) { bits = Atomic(node.map { UInt(bitPattern: Unmanaged.passRetained($0).toOpaque()) } ?? 0) }

  /// Acquiring: pairs with the start of the loop, which publishes the object.
  func take() -> Node? {
    UnsafeRawPointer(bitPattern: bits.exchange(0, ordering: .acquiringAndReleasing)).map {
      Unmanaged<Node>.fromOpaque($0).takeRetainedValue()
    }
  }
}
