import WeftJS
import WeftPlatform
import WeftThreads

/// Bytes that go from one worker to another without being part of either's memory: copied, transferred or shared, as the sender chooses.
///
/// ```swift
/// try worker.post(buffer)            // transferred: the worker has it, and here it is empty
/// try worker.post(buffer.copy())     // copied: both have one
/// if let same = buffer.shared() { try worker.post(same) }   // shared: both see the same bytes
/// ```
///
/// A program reads and writes it through ``read(into:from:)`` and ``write(_:at:)``. What is shared must be ordered by those who share it, for
/// example by messages. Thread-safe as far as that goes.
public final class MessageBuffer: WorkerMessage {
  public typealias _Codec = MessageBufferCodec

  private let storage: Mutex<BufferStorage?>

  /// Makes a buffer of `count` bytes, all 0.
  public convenience init(count: Int) {
    if count < 0 { fail("A MessageBuffer has at least 0 bytes") }
    self.init(BufferStorage.make(count))
  }

  /// Makes a buffer of a copy of `bytes`.
  public convenience init(copying bytes: UnsafeRawBufferPointer) {
    self.init(count: bytes.count)
    write(bytes, at: 0)
  }

  init(_ storage: BufferStorage?) { self.storage = Mutex(storage) }

  /// How many bytes there are; 0 once they were transferred.
  public var count: Int { storage.withLock { $0 }?.count ?? 0 }

  /// Copies bytes from `offset` on into `target`, as many as fit there. O(bytes).
  ///
  /// - Precondition: They are all in the buffer.
  public func read(into target: UnsafeMutableRawBufferPointer, from offset: Int) {
    guard let storage = checked(offset, target.count), let start = target.baseAddress else { return }
    storage.copy(start, at: offset, count: target.count, isWrite: false)
  }

  /// Copies `source` into the buffer, from `offset` on. O(bytes).
  ///
  /// - Precondition: It fits.
  public func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
    guard let storage = checked(offset, source.count), let start = source.baseAddress else { return }
    // Only read.
    storage.copy(UnsafeMutableRawPointer(mutating: start), at: offset, count: source.count, isWrite: true)
  }

  private func checked(_ offset: Int, _ length: Int) -> BufferStorage? {
    let storage = storage.withLock { $0 }
    let count = storage?.count ?? 0
    if offset < 0 || length > count || offset > count - length {
      fail("A MessageBuffer was read or written beyond its end, or after it was transferred")
    }
    return length == 0 ? nil : storage
  }

  /// A buffer with the same bytes of its own. O(bytes).
  public func copy() -> MessageBuffer { MessageBuffer(storage.withLock { $0 }?.copied()) }

  /// Another buffer that *is* the same bytes; nil where no memory can be shared. O(1).
  public func shared() -> MessageBuffer? {
    guard let storage = storage.withLock({ $0 }), storage.isShareable else { return nil }
    return MessageBuffer(storage)
  }

  /// Takes the bytes out.
  func transfer() -> BufferStorage? {
    storage.withLock { storage in
      defer { storage = nil }
      return storage
    }
  }
}

/// How a buffer goes through a message.
public enum MessageBufferCodec: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> MessageBuffer { MessageBuffer(BufferStorage.read(&reader)) }
  public static func _write(_ value: consuming MessageBuffer, _ writer: inout _JSWriter) { BufferStorage.write(value.transfer(), &writer) }
}
