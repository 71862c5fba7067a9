import CWeftPlatform
import WeftPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One thread's value of one thread-local variable. A subclass holds the value; its end is the value's.
class ThreadLocalBox {
  /// The variable. Never used for another one, as its place in the table may be.
  let key: UInt64

  init(key: UInt64) { self.key = key }
}

/// The values of one thread's thread-local variables. Only that thread uses it.
struct ThreadLocalValues {
  /// First: `WeftPlatform` calls it when the thread ends.
  private let end: ThreadLocalValuesEnd = { _ in endValues() }
  private var boxes: [ThreadLocalBox?] = []

  /// Those of the running thread.
  @export(interface)
  static var current: UnsafeMutablePointer<ThreadLocalValues> {
    if let values = weft_current_values() { return values.assumingMemoryBound(to: ThreadLocalValues.self) }
    let values = UnsafeMutablePointer<ThreadLocalValues>.allocate(capacity: 1)
    values.initialize(to: ThreadLocalValues())
    weft_set_current_values(values)
    #if !(arch(wasm32) || arch(wasm64))
      // Threads of Weft's own end their values themselves.
      if weft_current_thread() == nil { pthread_setspecific(endOfOtherThreads, values) }
    #endif
    return values
  }

  /// The value at a place of the table, if it is that variable's. O(1).
  @export(interface)
  func box(at place: Int, key: UInt64) -> ThreadLocalBox? {
    guard place < boxes.count, let box = boxes[place], box.key == key else { return nil }
    return box
  }

  /// Puts a value at a place; one of a variable that is no more ends.
  @export(interface)
  mutating func put(_ box: ThreadLocalBox, at place: Int) {
    while boxes.count <= place { boxes.append(nil) }
    // Ends behind the change, as its end may use the table.
    withExtendedLifetime(boxes[place]) { boxes[place] = box }
  }

  fileprivate mutating func removeLast() -> ThreadLocalBox?? { boxes.popLast() }
}

/// Ends the running thread's values, the last place's first. One that uses another one while it ends finds it, or makes it anew.
private func endValues() {
  guard let address = weft_current_values() else { return }
  let values = address.assumingMemoryBound(to: ThreadLocalValues.self)
  var ends = 0
  while let last = values.pointee.removeLast() {
    if last == nil { continue }
    ends += 1
    if ends > 100_000 { fail("The ends of this thread's thread-local values make new ones without end") }
  }
  weft_set_current_values(nil)
  values.deinitialize(count: 1)
  values.deallocate()
}

#if !(arch(wasm32) || arch(wasm64))
  /// Ends the values of a thread that Weft did not start.
  private let endOfOtherThreads: pthread_key_t = {
    var key = pthread_key_t()
    if pthread_key_create(&key, { _ in endValues() }) != 0 { fail("The system has no place left for thread-local values") }
    return key
  }()
#endif
