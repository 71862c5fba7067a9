import Synchronization

import struct WeftThreads.Mutex
import struct WeftThreads.RWLock

/// `#expect` cannot look into expressions with noncopyable values.
func holds(_ value: Bool) -> Bool { value }

final class Holder: Sendable {
  let mutex: Mutex<Int>
  let rwLock: RWLock<Int>
  init(_ value: Int) {
    mutex = Mutex(value)
    rwLock = RWLock(value)
  }
}

final class Flag: Sendable {
  private let flag = Atomic<Bool>(false)
  var isSet: Bool { flag.load(ordering: .acquiring) }
  func set() { flag.store(true, ordering: .releasing) }
}

/// Counts what is gone.
final class Log: Sendable {
  private let number = Atomic<Int>(0)
  var count: Int { number.load(ordering: .relaxed) }
  func note() { number.add(1, ordering: .relaxed) }
}

struct Resource: ~Copyable, Sendable {
  let number: Int
  let log: Log
  init(_ log: Log, _ number: Int = 0) {
    self.log = log
    self.number = number
  }
  deinit { log.note() }
}
