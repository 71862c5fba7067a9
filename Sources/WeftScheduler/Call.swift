import Synchronization
import WeftPlatform

/// Work from outside the pool: a function that a page calls.
///
/// Its memory is the submitter's again when `body` has been called; the pool does not touch it afterwards.
public struct Call {
  fileprivate var next: UnsafeMutablePointer<Call>?
  private let body: @convention(c) (UnsafeMutableRawPointer) -> Void
  private let argument: UnsafeMutableRawPointer
  /// Frees a call that never runs; nil where its memory is the submitter's.
  private var drop: (@convention(c) (UnsafeMutableRawPointer) -> Void)?

  /// Makes a call of `body(argument)`.
  public init(_ body: @escaping @convention(c) (UnsafeMutableRawPointer) -> Void, _ argument: UnsafeMutableRawPointer) {
    self.body = body
    self.argument = argument
  }

  func run() { body(argument) }

  fileprivate func discard() { drop?(argument) }

  /// Makes a call of a closure, on the heap; it frees itself when it is run, which must be once.
  static func make(_ body: @escaping @Sendable () -> Void) -> UnsafeMutablePointer<Call> {
    let call = UnsafeMutablePointer<Call>.allocate(capacity: 1)
    let box = Unmanaged.passRetained(CalledClosure(body, call))
    call.initialize(
      to: Call(
        { argument in
          let closure = Unmanaged<CalledClosure>.fromOpaque(argument).takeRetainedValue()
          closure.call.deallocate()
          closure.body()
        }, box.toOpaque()))
    call.pointee.drop = { argument in
      let closure = Unmanaged<CalledClosure>.fromOpaque(argument).takeRetainedValue()
      closure.call.deallocate()
    }
    return call
  }
}

private final class CalledClosure {
  let body: @Sendable () -> Void
  let call: UnsafeMutablePointer<Call>

  init(_ body: @escaping @Sendable () -> Void, _ call: UnsafeMutablePointer<Call>) {
    self.body = body
    self.call = call
  }
}

/// Calls that no thread has taken yet, in the order in which they came. Thread-safe.
struct CallQueue: ~Copyable {
  /// A hint that there is something, so that a search need not take the lock. Written under the lock.
  private let count = Atomic<Int>(0)
  private let lock = SpinLock()
  /// Guarded by `lock`. Behind a pointer, because a thread that changes it must not hold the queue itself for itself alone.
  private let ends: UnsafeMutablePointer<(first: UnsafeMutablePointer<Call>?, last: UnsafeMutablePointer<Call>?)>

  init() {
    ends = .allocate(capacity: 1)
    ends.initialize(to: (nil, nil))
  }

  deinit {
    while let call = ends.pointee.first {
      ends.pointee.first = call.pointee.next
      call.pointee.discard()
    }
    ends.deallocate()
  }

  /// Sequentially consistent, for those who announce something before they look.
  var isEmpty: Bool { count.load(ordering: .sequentiallyConsistent) == 0 }

  @inline(never)
  borrowing func append(_ call: UnsafeMutablePointer<Call>) {
    lock.lock()
    call.pointee.next = nil
    if let last = ends.pointee.last { last.pointee.next = call } else { ends.pointee.first = call }
    ends.pointee.last = call
    // Sequentially consistent with `Sleepers`, as the publication of a job.
    count.add(1, ordering: .sequentiallyConsistent)
    lock.unlock()
  }

  @inline(never)
  borrowing func removeFirst() -> UnsafeMutablePointer<Call>? {
    if isEmpty { return nil }
    lock.lock()
    defer { lock.unlock() }
    guard let call = ends.pointee.first else { return nil }
    ends.pointee.first = call.pointee.next
    if ends.pointee.first == nil { ends.pointee.last = nil }
    // Relaxed: who sees the old count finds nothing under the lock.
    count.subtract(1, ordering: .relaxed)
    return call
  }
}
