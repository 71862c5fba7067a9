import Synchronization
import Weft

@JS func echo(_ value: Int) -> Int { value }

/// Two threads that wait for each other's end.
@JS func joinEachOther() {
  let handles = Handles()
  for index in 0..<2 {
    handles.set(
      Thread.spawn(name: index == 0 ? "knife" : "fork") {
        while !handles.areSet { Thread.yield() }
        handles.get(1 - index).join()
      }, index)
  }
  handles.get(0).join()
}

// Unchecked: the handles are written before `areSet`, and read after it.
private final class Handles: @unchecked Sendable {
  private var handles: [ThreadHandle<Void, Never>?] = [nil, nil]
  private let count = Atomic<Int>(0)

  /// Acquire: pairs with the release in `set`, publishes the handles.
  var areSet: Bool { count.load(ordering: .acquiring) == 2 }

  func set(_ handle: ThreadHandle<Void, Never>, _ index: Int) {
    handles[index] = handle
    count.add(1, ordering: .releasing)
  }

  func get(_ index: Int) -> ThreadHandle<Void, Never> { handles[index]! }
}

/// A pool of one thread whose thread waits for a call that only itself could take.
@JS func waitForOwnPool() {
  let pool = Pool(threads: 1)
  _ = pool.install { Thread.spawn(name: "caller") { pool.install { 1 } }.join() }
  pool.shutdown()
}

/// Sleeps for longer than the detector looks, while nobody else does anything: no deadlock.
@JS func sleepLong() -> Int {
  let sleeper = Thread.spawn(name: "sleeper") {
    Thread.sleep(for: .milliseconds(2500))
    return 7
  }
  return sleeper.join()
}

/// Stops on a thread with a message of Swift's.
@JS func stopWithMessage() {
  Thread.spawn(name: "doomed") { fatalError("the answer is not 42") }.join()
}

@JS func indexOutOfRange(_ index: Int) -> Int {
  Thread.spawn(name: "reader") { [1, 2, 3][index] }.join()
}
