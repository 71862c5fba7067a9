import CWeftPlatform
import WeftPlatform

/// Memory that belongs to JavaScript, a `SharedArrayBuffer`: Swift's threads, the page and any worker of its own read and write it at the
/// same time.
///
/// JavaScript makes one with `await app.share(buffer)`, passes it to `@JS` functions, and forgets it; Swift may keep it. It lies outside
/// of the program's own memory, so each operation is a call of JavaScript, some tenths of a microsecond; copy whole parts where there is
/// much to read.
///
/// Thread-safe: it may be used on any thread of a pool, and on those of the program's own that have started after it was shared. Copies
/// are not ordered; atomic operations (``atomic(_:at:)``) are sequentially consistent and order what is around them, copies as well.
public final class JSSharedMemory: Sendable {
  /// What JavaScript keeps as long as this object is there.
  private let value: JSValue
  private let number: Int32
  /// How many bytes there are.
  public let count: Int

  private init(value: JSValue, number: Int32, count: Int) {
    self.value = value
    self.number = number
    self.count = count
  }

  /// Copies the bytes from `offset` on that `buffer` has room for. O(count). Not allowed beyond the memory's end: the program stops.
  public func copy(from offset: Int = 0, to buffer: UnsafeMutableRawBufferPointer) {
    check(offset, buffer.count, alignment: 1)
    guard let address = buffer.baseAddress else { return }
    _ = perform(0, bits: 0, at: offset, Int64(UInt(bitPattern: address)), Int64(buffer.count))
  }

  /// Copies the bytes of `buffer` to `offset`. O(count). Not allowed beyond the memory's end: the program stops.
  public func copy(from buffer: UnsafeRawBufferPointer, to offset: Int = 0) {
    check(offset, buffer.count, alignment: 1)
    guard let address = buffer.baseAddress else { return }
    _ = perform(1, bits: 0, at: offset, Int64(UInt(bitPattern: address)), Int64(buffer.count))
  }

  /// Copies the elements from the byte `offset` on that `buffer` has room for. O(count).
  public func copy<Element: JSNumber>(from offset: Int = 0, to buffer: UnsafeMutableBufferPointer<Element>) {
    copy(from: offset, to: UnsafeMutableRawBufferPointer(buffer))
  }

  /// Copies the elements of `buffer` to the byte `offset`. O(count).
  public func copy<Element: JSNumber>(from buffer: UnsafeBufferPointer<Element>, to offset: Int = 0) {
    copy(from: UnsafeRawBufferPointer(buffer), to: offset)
  }

  /// The number at the byte `offset`, which need not be aligned. Not atomic.
  public func load<Element: JSNumber>(as type: Element.Type = Element.self, at offset: Int) -> Element {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { buffer in
      copy(from: offset, to: buffer)
      return buffer[0]
    }
  }

  /// Writes a number to the byte `offset`, which need not be aligned. Not atomic.
  public func store<Element: JSNumber>(_ value: Element, at offset: Int) {
    withUnsafePointer(to: value) { copy(from: UnsafeBufferPointer(start: $0, count: 1), to: offset) }
  }

  /// The integer at the byte `offset`, a multiple of its size, for atomic operations. Beyond the memory's end the program stops.
  public func atomic<Value: JSSharedInteger>(_ type: Value.Type = Value.self, at offset: Int) -> JSSharedAtomic<Value> {
    check(offset, MemoryLayout<Value>.size, alignment: MemoryLayout<Value>.size)
    return JSSharedAtomic(memory: self, offset: offset)
  }

  private func check(_ offset: Int, _ size: Int, alignment: Int) {
    // No overflow: sizes are not negative.
    if offset < 0 || offset > count || size > count - offset {
      fail("JSSharedMemory: a value or a copy would lie outside of the memory; its offset and size must fit in 'count' bytes")
    }
    if offset & (alignment - 1) != 0 { fail("JSSharedMemory: the offset of an atomic must be a multiple of its size") }
  }

  /// What JavaScript reads; see sharing.js.
  private struct Operation {
    let operation: UInt16
    let bits: UInt16
    let number: Int32
    let offset: Double
    let first: Int64
    let second: Int64
    var result: Int64 = 0
  }

  func perform(_ operation: UInt16, bits: UInt16, at offset: Int, _ first: Int64 = 0, _ second: Int64 = 0) -> Int64 {
    #if arch(wasm32) || arch(wasm64)
      var record = Operation(
        operation: operation, bits: bits, number: number, offset: Double(offset), first: first, second: second)
      // Below 0, so that it is no call of a function.
      withUnsafeMutablePointer(to: &record) { weft_call_javascript(-UnsafeMutableRawPointer($0).forJavaScript) }
      return record.result
    #else
      fail("There is no JavaScript here: memory of JavaScript's can be used on the web only")
    #endif
  }
}

extension JSSharedMemory: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> JSSharedMemory {
    let value = JSValue._read(&reader)
    let number = reader.load(Int32.self)
    return JSSharedMemory(value: value, number: number, count: Int(reader.size()))
  }

  public static func _write(_ memory: consuming JSSharedMemory, _ writer: inout _JSWriter) { JSValue._write(memory.value, &writer) }
}

/// An integer that JavaScript's `Atomics` work on, too.
public protocol JSSharedInteger: FixedWidthInteger, BitwiseCopyable, Sendable {}
extension Int32: JSSharedInteger {}
extension UInt32: JSSharedInteger {}
extension Int64: JSSharedInteger {}
extension UInt64: JSSharedInteger {}

/// An integer in memory that JavaScript owns. All operations are atomic and sequentially consistent, with those of JavaScript's `Atomics`
/// too. Those that change it return what was there before. Thread-safe.
public struct JSSharedAtomic<Value: JSSharedInteger>: Sendable {
  let memory: JSSharedMemory
  let offset: Int

  /// The value.
  public func load() -> Value { perform(0) }
  /// Writes a value.
  public func store(_ value: Value) { _ = perform(1, value) }
  /// Writes a value.
  @discardableResult public func exchange(_ value: Value) -> Value { perform(2, value) }
  /// Writes `desired` if the value is `expected`.
  @discardableResult
  public func compareExchange(expected: Value, desired: Value) -> (exchanged: Bool, original: Value) {
    let original = perform(3, expected, desired)
    return (original == expected, original)
  }
  /// Adds, modulo 2 to the number of its bits.
  @discardableResult public func add(_ value: Value) -> Value { perform(4, value) }
  /// Subtracts, modulo 2 to the number of its bits.
  @discardableResult public func subtract(_ value: Value) -> Value { perform(4, 0 &- value) }
  /// Keeps the bits that `value` has.
  @discardableResult public func and(_ value: Value) -> Value { perform(5, value) }
  /// Sets the bits that `value` has.
  @discardableResult public func or(_ value: Value) -> Value { perform(6, value) }
  /// Flips the bits that `value` has.
  @discardableResult public func xor(_ value: Value) -> Value { perform(7, value) }

  private func perform(_ operation: UInt16, _ first: Value = 0, _ second: Value = 0) -> Value {
    Value(
      truncatingIfNeeded: memory.perform(
        operation, bits: UInt16(MemoryLayout<Value>.size * 8), at: offset, Int64(truncatingIfNeeded: first),
        Int64(truncatingIfNeeded: second)))
  }
}

extension JSSharedAtomic where Value == Int32 {
  /// Sleeps while the value is `expected`, until `notify` or `Atomics.notify` wakes the thread.
  ///
  /// Returns false when the time is over. Not allowed on a page, which must not wait: the program stops.
  ///
  /// - Parameters:
  ///   - expected: The value while which the thread sleeps. With another one it returns true at once.
  ///   - nanoseconds: The most to sleep; nil for ever.
  @discardableResult
  public func wait(while expected: Int32, nanoseconds: UInt64? = nil) -> Bool {
    if !currentThreadMayBlock { fail("The page must not wait: it would freeze. Call the function from a worker.") }
    let start = monotonicNanoseconds()
    // Whoever wakes the thread may be JavaScript, of which nobody here knows whether it will.
    var blocked = BlockedWait(for: "JavaScript's shared memory", isEndless: false)
    while true {
      var left: Int64 = -1
      if let nanoseconds {
        let waited = monotonicNanoseconds() &- start
        if waited >= nanoseconds { return false }
        left = Int64(clamping: nanoseconds - waited)
      }
      var outcome: Int64 = 0
      blocked.sleep(nanoseconds: left) { nap in
        outcome = memory.perform(8, bits: 32, at: offset, Int64(expected), nap)
      }
      // 0: woken, 1: the value is another, 2: the time is over, of this nap.
      if outcome != 2 { return true }
    }
  }

  /// Wakes up to `count` of the threads that wait for the value, in Swift or in JavaScript. Returns how many. Allowed on the page too.
  @discardableResult
  public func notify(_ count: Int = .max) -> Int {
    Int(memory.perform(9, bits: 32, at: offset, Int64(Int32(clamping: max(0, count)))))
  }
}
