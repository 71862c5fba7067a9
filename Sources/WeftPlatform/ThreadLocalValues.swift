import CWeftPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One thread's value of one thread-local variable. A subclass holds the value; its end is the value's.
open class ThreadLocalBox {
  /// The variable. Never used for another one, as its place in the table may be.
  public let key: UInt64

  public init(key: UInt64) { self.key = key }
}

/// The values of one thread's thread-local variables. Only that thread uses it.
public final class ThreadLocalValues {
  private var boxes: [ThreadLocalBox?] = []

  /// Those of the running thread.
  public static var current: ThreadLocalValues {
    if let values = weft_current_values() { return Unmanaged<ThreadLocalValues>.fromOpaque(values).takeUnretainedValue() }
    return make()
  }

  private static func make() -> ThreadLocalValues {
    let values = ThreadLocalValues()
    let address = Unmanaged.passRetained(values).toOpaque()
    weft_set_current_values(address)
    #if !arch(wasm32)
      // Threads of Weft's own end their values themselves.
      if weft_current_thread() == nil { pthread_setspecific(endOfOtherThreads, address) }
    #endif
    return values
  }

  /// The value at a place of the table, if it is that variable's. O(1).
  public func box(at place: Int, key: UInt64) -> ThreadLocalBox? {
    guard place < boxes.count, let box = boxes[place], box.key == key else { return nil }
    return box
  }

  /// Puts a value at a place; one of a variable that is no more ends.
  public func put(_ box: ThreadLocalBox, at place: Int) {
    while boxes.count <= place { boxes.append(nil) }
    boxes[place] = box
  }

  /// Ends the values, the last place's first. One that uses another one while it ends finds it, or makes it anew.
  fileprivate func end() {
    var ends = 0
    while let last = boxes.popLast() {
      if last == nil { continue }
      ends += 1
      if ends > 100_000 { fail("The ends of this thread's thread-local values make new ones without end") }
    }
  }
}

/// Ends the running thread's values. Nothing of it may use any afterwards.
func endThreadLocals() {
  guard let address = weft_current_values() else { return }
  let values = Unmanaged<ThreadLocalValues>.fromOpaque(address)
  values.takeUnretainedValue().end()
  weft_set_current_values(nil)
  values.release()
}

#if !arch(wasm32)
  /// Ends the values of a thread that Weft did not start.
  private let endOfOtherThreads: pthread_key_t = {
    var key = pthread_key_t()
    if pthread_key_create(&key, { _ in endThreadLocals() }) != 0 { fail("The system has no place left for thread-local values") }
    return key
  }()
#endif
