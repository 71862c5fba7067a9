import WeftJS
import WeftPlatform

/// The bytes of message buffers: in the program's memory, or kept by JavaScript where that is not within reach - in an isolated worker, and
/// where no memory is shared.
final class BufferStorage: @unchecked Sendable {
  // Unchecked: constant; who uses the bytes orders that.
  let count: Int
  /// In this instance's memory; nil if JavaScript keeps them.
  private let memory: UnsafeMutableRawPointer?
  /// JavaScript's number for them.
  private let number: Double

  init(count: Int) {
    self.count = count
    let memory = allocateMemory(max(count, 1))
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    self.memory = memory
    number = 0
  }

  init(number: Double, count: Int) {
    self.count = count
    self.number = number
    memory = nil
  }

  deinit {
    if let memory { return freeMemory(memory) }
    #if arch(wasm32) || arch(wasm64)
      var call = WorkerRequest(.dropBuffer)
      call.add(number)
      call.perform()
    #endif
  }

  static func make(_ count: Int) -> BufferStorage {
    #if arch(wasm32) || arch(wasm64)
      // JavaScript keeps the bytes of this instance's buffers.
      if !canStartThreads || AnyWorkerPort.current != nil {
        var call = WorkerRequest(.makeBuffer)
        call.add(Double(count))
        call.add(WorkerFunctions.makeStorage)
        call.add(WorkerFunctions.storageAddress)
        return BufferStorage(number: call.perform(), count: count)
      }
    #endif
    return BufferStorage(count: count)
  }

  var isShareable: Bool { canStartThreads }
  var address: Double { memory?.forJavaScript ?? -1 }

  func copied() -> BufferStorage {
    let copy = BufferStorage.make(count)
    if let memory {
      copy.copy(memory, at: 0, count: count, isWrite: true)
    } else {
      #if arch(wasm32) || arch(wasm64)
        var call = WorkerRequest(.duplicateBuffer)
        call.add(number)
        call.add(copy.number)
        call.perform()
      #endif
    }
    return copy
  }

  /// Copies from or to an address of this instance's.
  func copy(_ other: UnsafeMutableRawPointer, at offset: Int, count: Int, isWrite: Bool) {
    guard let memory else {
      #if arch(wasm32) || arch(wasm64)
        var call = WorkerRequest(.copyBuffer)
        call.add(number)
        call.add(Double(offset))
        call.add(other.forJavaScript)
        call.add(Double(count))
        call.add(isWrite ? 1 : 0)
        call.perform()
      #endif
      return
    }
    if isWrite {
      (memory + offset).copyMemory(from: other, byteCount: count)
    } else {
      other.copyMemory(from: memory + offset, byteCount: count)
    }
  }

  /// Writes where the bytes are: the object, with a reference that goes with it, -1 less their count (an array's is never negative), and
  /// their address; or where JavaScript keeps them its number, and the object as -1 less its address.
  static func write(_ storage: BufferStorage?, _ writer: inout _JSWriter) {
    guard let storage else {
      writer.storeBlock(reference: 0, size: 0)
      return writer.store(0 as Double)
    }
    let object = Unmanaged.passRetained(storage).toOpaque().forJavaScript
    let isHere = storage.memory != nil
    writer.storeBlock(reference: isHere ? object : storage.number, size: -1 - Double(storage.count))
    writer.store(isHere ? storage.address : -1 - object)
  }

  static func read(_ reader: inout _JSReader) -> BufferStorage? {
    let reference = reader.load(Double.self)
    let size = reader.load(Double.self)
    _ = reader.skip(4)
    let address = reader.load(Double.self)
    if size == 0 { return nil }
    if address < 0 { return BufferStorage(number: reference, count: Int(-1 - size)) }
    let object = UnsafeRawPointer(bitPattern: UInt(reference)).unsafelyUnwrapped
    return Unmanaged<BufferStorage>.fromOpaque(object).takeRetainedValue()
  }
}
