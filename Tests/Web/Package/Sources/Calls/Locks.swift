import Synchronization
import Weft

/// How often something did not hold that must hold for locks and channels, on all threads of the pool. Litmus.swift is the
/// native tests' own.
@JS func litmusOfLocks(operations: Int) -> [Int] {
  let litmus = litmus(operations)
  return [litmus.mutex(), litmus.rwLock(), litmus.semaphore(permits: 1), litmus.semaphore(permits: 3), litmus.once()]
}

/// The same for what waits for other threads more often than not.
@JS func litmusOfMeetings(operations: Int) -> [Int] {
  let litmus = litmus(operations)
  return [litmus.condition(), litmus.barrier(), litmus.parker(), litmus.future()]
}

/// The same for channels, bounded or not (-1).
@JS func litmusOfChannels(operations: Int, capacity: Int) -> [Int] {
  let capacity = capacity < 0 ? Int.max : capacity
  return [litmus(operations).channel(capacity: capacity), litmus(operations / 4).select(capacity: capacity)]
}

private func litmus(_ operations: Int) -> Litmus {
  let pool = Pool.current
  let threads = pool.threadCount
  // Each task is taken by another thread of the pool: those that have one do not come back before all have met.
  return Litmus(threads: threads, operations: operations) { body in
    scope { scope in
      for thread in 1..<threads { scope.spawn { body(thread) } }
      body(0)
    }
  }
}
