/// Elements in memory that JavaScript and Swift both see, at the same time, without a copy.
///
/// JavaScript makes one with `app.alloc(Float64Array, count)`, passes it to `@JS` functions, and frees it with
/// `dispose()`, with `using`, or by forgetting it; while a call that was given the buffer runs, its memory stays. Swift must not keep it beyond the call.
///
/// Several threads may use different elements at once. Who writes an element that another thread reads must order the two,
/// as with any shared memory.
public struct SharedBuffer<Element: JSNumber>: @unchecked Sendable {
  // Unchecked: the elements are plain bits, and the address stays for the length of the call.

  /// The first element. Valid for the length of the call.
  public let baseAddress: UnsafeMutablePointer<Element>
  /// How many elements there are.
  public let count: Int

  /// A view of memory that lives longer than the view: for native code and tests, where no JavaScript makes buffers.
  public init(_ memory: UnsafeMutableBufferPointer<Element>) {
    precondition(memory.baseAddress != nil, "A shared buffer needs memory, even for no elements")
    baseAddress = memory.baseAddress.unsafelyUnwrapped
    count = memory.count
  }

  /// The element at `index`, which must be from 0 to `count` - 1. O(1).
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "Index out of range")
      return baseAddress[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "Index out of range")
      baseAddress[index] = newValue
    }
  }

  /// The elements' valid indices.
  public var indices: Range<Int> { 0..<count }
}

extension SharedBuffer: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> SharedBuffer {
    // JavaScript's buffer never has the address 0; it has at least one byte.
    let address = UnsafeMutableRawPointer(bitPattern: reader.size()).unsafelyUnwrapped
    let count = Int(reader.size())
    return SharedBuffer(UnsafeMutableBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: count))
  }

  public static func _write(_ buffer: consuming SharedBuffer, _ writer: inout _JSWriter) {
    writer.store(size: UInt(bitPattern: buffer.baseAddress))
    writer.store(size: UInt(buffer.count))
  }
}
