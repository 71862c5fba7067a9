import CWeftPlatform
import WeftPlatform

/// Writes what JavaScript is to read, in memory that grows. What `@JS` generates uses it.
public struct _JSWriter {
  private var memory: UnsafeMutableRawPointer?
  private var count = 0
  private var capacity = 0
  /// Where the last block is noted, by its distance from the beginning plus 1; each names the one before it.
  private var lastBlock: UInt32 = 0

  /// A writer that has written nothing.
  public init() {}

  /// Writes a value.
  public mutating func write<Codec: _JSCodec>(_ codec: Codec.Type, _ value: consuming Codec.Value) { Codec._write(value, &self) }

  /// Writes a number as it lies in memory.
  public mutating func store<T: BitwiseCopyable>(_ value: T) {
    reserve(MemoryLayout<T>.size).storeBytes(of: value, as: T.self)
  }

  /// Writes an address or a count.
  public mutating func store(size: UInt) { store(weft_number(size)) }

  /// Makes room for `size` bytes, and returns where.
  @export(interface)
  public mutating func reserve(_ size: Int) -> UnsafeMutableRawPointer {
    if count + size > capacity {
      let larger = max(64, max(capacity * 2, count + size))
      let grown = allocateMemory(larger)
      if let memory {
        grown.copyMemory(from: memory, byteCount: count)
        freeMemory(memory)
      }
      memory = grown
      capacity = larger
    }
    defer { count += size }
    return memory.unsafelyUnwrapped + count
  }

  /// Notes the elements of an array: JavaScript takes over the reference to the object that holds them.
  mutating func storeBlock(object: UInt, bytes: Int) { storeBlock(reference: weft_number(object), size: Double(bytes)) }

  /// The same for what is no array, and so has a negative size.
  package mutating func storeBlock(reference: Double, size: Double) {
    let position = UInt32(count) + 1
    store(reference)
    store(size)
    store(lastBlock)
    lastBlock = position
  }

  /// Leaves what was written to JavaScript, which frees it: where it is, its length, and where the last block is noted.
  @export(interface)
  public mutating func finish(_ frame: UnsafeMutableRawPointer) {
    frame.storeBytes(of: memory.forJavaScript, as: Double.self)
    frame.storeBytes(of: Double(count), toByteOffset: 8, as: Double.self)
    frame.storeBytes(of: lastBlock, toByteOffset: 16, as: UInt32.self)
    memory = nil
  }

  /// Leaves the result of a function that needs no more room than the frame has.
  public static func store<T: JSScalar>(_ value: T, in frame: UnsafeMutableRawPointer) {
    frame.storeBytes(of: value._scalar, as: T.Scalar.self)
  }

  /// Frees what was not left to JavaScript.
  @export(interface)
  package mutating func free() {
    if let memory { freeMemory(memory) }
    memory = nil
  }

  package var address: UnsafeMutableRawPointer? { memory }
  package var length: Int { count }
  package var lastBlockNote: UInt32 { lastBlock }
}
