/// A waiting thread's place in a queue; it lies in the thread's own frame.
struct Waiter: ~Copyable {
  let signal: UnsafeMutablePointer<Signal>
  /// Where a channel takes the element from, or puts it.
  let payload: UnsafeMutableRawPointer?
  /// Which case of a select it is.
  let index: Int32
  fileprivate(set) var isQueued = false
  fileprivate(set) var next: UnsafeMutablePointer<Waiter>?
  fileprivate var previous: UnsafeMutablePointer<Waiter>?

  init(signal: UnsafeMutablePointer<Signal>, payload: UnsafeMutableRawPointer? = nil, index: Int32 = 0) {
    self.signal = signal
    self.payload = payload
    self.index = index
  }
}

/// Waiting threads in the order in which they came. Guarded by the lock of what they wait for.
struct WaitQueue {
  private var first: UnsafeMutablePointer<Waiter>?
  private var last: UnsafeMutablePointer<Waiter>?

  init() {}

  var isEmpty: Bool { first == nil }

  /// The waiter must be removed, or popped, before it leaves its frame. O(1).
  mutating func append(_ waiter: UnsafeMutablePointer<Waiter>) {
    waiter.pointee.isQueued = true
    waiter.pointee.next = nil
    waiter.pointee.previous = last
    if let last { last.pointee.next = waiter } else { first = waiter }
    last = waiter
  }

  /// Takes a waiter out if it is still in. O(1).
  mutating func remove(_ waiter: UnsafeMutablePointer<Waiter>) {
    if !waiter.pointee.isQueued { return }
    let next = waiter.pointee.next
    let previous = waiter.pointee.previous
    if let previous { previous.pointee.next = next } else { first = next }
    if let next { next.pointee.previous = previous } else { last = previous }
    waiter.pointee.isQueued = false
  }

  /// Takes out the first whose wait has no end yet, and claims it: the caller finishes it, soon, after giving back the lock.
  mutating func popClaimed() -> UnsafeMutablePointer<Waiter>? {
    while let waiter = first {
      // The order matters: once claimed by another queue the waiter may go as soon as it finds itself out of this one, which
      // it learns under the lock that the caller holds.
      remove(waiter)
      if waiter.pointee.signal.claim() { return waiter }
    }
    return nil
  }

  /// Whether somebody but `own` waits here.
  func hasOther(than own: UnsafeMutablePointer<Signal>) -> Bool {
    var waiter = first
    while let current = waiter {
      if current.pointee.signal != own && current.pointee.signal.isOpen { return true }
      waiter = current.pointee.next
    }
    return false
  }

  /// Takes out and claims all. Returns how many, chained for ``finish(_:_:)``.
  mutating func popAllClaimed() -> (count: Int, chain: UnsafeMutablePointer<Waiter>?) {
    var count = 0
    var chain: UnsafeMutablePointer<Waiter>?
    var tail: UnsafeMutablePointer<Waiter>?
    while let waiter = popClaimed() {
      waiter.pointee.next = nil
      if let tail { tail.pointee.next = waiter } else { chain = waiter }
      tail = waiter
      count += 1
    }
    return (count, chain)
  }
}

/// Ends the waits of a chain of claimed waiters, one after the other.
func finishAll(_ chain: UnsafeMutablePointer<Waiter>?, _ outcome: (UnsafeMutablePointer<Waiter>) -> Int32) {
  var waiter = chain
  while let current = waiter {
    // Read before: the waiter is gone once its wait has ended.
    waiter = current.pointee.next
    current.pointee.signal.finish(outcome(current))
  }
}

/// A thread's wait in one queue: calls `body` with a waiter in this frame.
func withWaiter<Result>(payload: UnsafeMutableRawPointer? = nil, _ body: (UnsafeMutablePointer<Waiter>) -> Result) -> Result {
  withUnsafeTemporaryAllocation(of: Signal.self, capacity: 1) { signal in
    let signal = signal.baseAddress.unsafelyUnwrapped
    signal.initialize(to: Signal())
    return withUnsafeTemporaryAllocation(of: Waiter.self, capacity: 1) { waiter in
      let waiter = waiter.baseAddress.unsafelyUnwrapped
      waiter.initialize(to: Waiter(signal: signal, payload: payload))
      return body(waiter)
    }
  }
}
