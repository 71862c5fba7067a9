import Synchronization
import WeftPlatform

/// A variable of which every thread has a value of its own.
///
/// A thread's value is made when the thread first uses it, and ends when the thread does, on that thread, or else when another
/// variable needs its place. The values of a pool's threads live as long as the pool's threads.
///
///     let generator = ThreadLocal { SystemRandomNumberGenerator() }
///     generator.withValue { $0.next() }
///
/// Thread-safe. A use costs some nanoseconds.
// Unchecked: the properties are constant; the values belong to one thread each.
public final class ThreadLocal<Value>: @unchecked Sendable {
  private let place = ThreadLocalPlace.take()
  private let key = ThreadLocalPlace.newKey()
  private let initialValue: @Sendable () -> Value

  /// Makes a variable.
  ///
  /// - Parameter initialValue: Called on each thread that uses the variable, once.
  public init(_ initialValue: @escaping @Sendable () -> Value) { self.initialValue = initialValue }

  deinit { place.giveBack() }

  /// Calls `body` with the running thread's value, which it may change.
  ///
  /// While `body` runs, the thread must not use the variable in another way: not directly, and not in tasks that it runs while
  /// it waits for others inside `body`. That stops the program.
  public func withValue<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
    let box = self.box
    if box.isInUse { fail("A thread-local value is used while the same thread is using it") }
    box.isInUse = true
    defer { box.isInUse = false }
    return try body(&box.value)
  }

  /// A copy of the running thread's value; setting it replaces the value.
  public var value: Value {
    get { withValue { $0 } }
    set { withValue { $0 = newValue } }
  }

  private var box: Box {
    let values = ThreadLocalValues.current
    // The key says that the place holds this variable's value.
    if let box = values.pointee.box(at: place.index, key: key) { return unsafeDowncast(box, to: Box.self) }
    let box = Box(key: key, value: initialValue())
    values.pointee.put(box, at: place.index)
    return box
  }

  private final class Box: ThreadLocalBox {
    var value: Value
    var isInUse = false

    init(key: UInt64, value: Value) {
      self.value = value
      super.init(key: key)
    }
  }
}

/// A place in every thread's table of values.
struct ThreadLocalPlace {
  private struct Node {
    let index: Int
    var next: UnsafeMutablePointer<Node>?
  }

  private let node: UnsafeMutablePointer<Node>

  private static let lock = SpinLock()
  /// Guarded by `lock`, like `count`.
  nonisolated(unsafe) private static var free: UnsafeMutablePointer<Node>?
  nonisolated(unsafe) private static var count = 0
  /// Relaxed: only differs each time.
  private static let keys = Atomic<UInt64>(0)

  var index: Int { node.pointee.index }

  @export(interface)
  static func newKey() -> UInt64 { keys.add(1, ordering: .relaxed).newValue }

  /// A place that no variable has now.
  @export(interface)
  static func take() -> ThreadLocalPlace {
    let (used, fresh): (UnsafeMutablePointer<Node>?, Int) = lock.withLock {
      if let node = free {
        free = node.pointee.next
        return (node, 0)
      }
      count += 1
      return (nil, count - 1)
    }
    if let used { return ThreadLocalPlace(node: used) }
    let node = UnsafeMutablePointer<Node>.allocate(capacity: 1)
    node.initialize(to: Node(index: fresh))
    return ThreadLocalPlace(node: node)
  }

  @export(interface)
  func giveBack() {
    ThreadLocalPlace.lock.withLock {
      node.pointee.next = ThreadLocalPlace.free
      ThreadLocalPlace.free = node
    }
  }
}
