/// Reads what JavaScript has written, from its beginning to its end. What `@JS` generates uses it.
///
/// Nothing is checked here: it was checked in JavaScript while it was written, and no program's own code writes it.
public struct _JSReader {
  private var cursor: UnsafeMutableRawPointer
  /// Whether each object comes with a reference to it. Otherwise JavaScript keeps one until the call is over.
  let ownsObjects: Bool

  /// Reads from `memory` on.
  public init(_ memory: UnsafeMutableRawPointer) { self.init(memory, ownsObjects: false) }

  package init(_ memory: UnsafeMutableRawPointer, ownsObjects: Bool) {
    cursor = memory
    self.ownsObjects = ownsObjects
  }

  /// Reads a value.
  public mutating func read<Codec: _JSCodec>(_ codec: Codec.Type) -> Codec.Value { Codec._read(&self) }

  /// Reads a number as it lies in memory. Nothing is aligned.
  public mutating func load<T: BitwiseCopyable>(_ type: T.Type) -> T {
    let value = cursor.loadUnaligned(as: T.self)
    cursor += MemoryLayout<T>.size
    return value
  }

  /// Reads whether there is a value.
  public mutating func flag() -> Bool { load(UInt8.self) != 0 }

  /// Reads an address or a count, which JavaScript writes as the only kind of number that it has.
  public mutating func size() -> UInt { UInt(load(Double.self)) }

  /// Passes over `count` bytes, and returns where they begin.
  public mutating func skip(_ count: Int) -> UnsafeMutableRawPointer {
    defer { cursor += count }
    return cursor
  }
}
