import WeftPlatform

/// An address and a count, as they stand in a slot.
public struct _SlotMemory {
  public let address: UnsafeMutableRawPointer?
  public let count: Int

  public init(_ slot: UnsafeMutableRawPointer) {
    address = UnsafeMutableRawPointer(bitPattern: UInt(slot.load(as: UInt32.self)))
    count = Int(slot.load(fromByteOffset: 4, as: UInt32.self))
  }

  public static func store(_ address: UnsafeMutableRawPointer?, _ count: Int, in slot: UnsafeMutableRawPointer) {
    // Addresses have 32 bits wherever JavaScript reads a slot.
    slot.storeBytes(of: UInt32(UInt(bitPattern: address)), as: UInt32.self)
    slot.storeBytes(of: UInt32(count), toByteOffset: 4, as: UInt32.self)
  }
}

extension Array: JSBridgeable where Element: JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> [Element] {
    let memory = _SlotMemory(slot)
    guard let address = memory.address else { return [] }
    defer { freeMemory(address) }
    return Array(UnsafeBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: memory.count))
  }

  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) {
    let (address, count) = withUnsafeBytes { ($0.isEmpty ? nil : copyMemory($0), self.count) }
    _SlotMemory.store(address, count, in: slot)
  }
}

// Not a conformance of `String`, and generic in all it calls: so it is compiled only into programs that pass strings. Taking a
// string apart costs Embedded Swift a second in every module where the compiler sees it.
extension StringProtocol {
  /// Reads an argument, and frees the memory behind it.
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> Self {
    let memory = _SlotMemory(slot)
    let bytes = memory.address?.assumingMemoryBound(to: UInt8.self)
    defer { if let bytes { freeMemory(bytes) } }
    return Self(decoding: UnsafeBufferPointer(start: bytes, count: memory.count), as: UTF8.self)
  }

  /// Writes a result, and hands the memory behind it to JavaScript.
  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) {
    let bytes = self.utf8
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { storeText($0, in: slot) }
    if isContiguous == nil { ContiguousArray(bytes).withUnsafeBufferPointer { storeText($0, in: slot) } }
  }
}

private func storeText(_ text: UnsafeBufferPointer<UInt8>, in slot: UnsafeMutableRawPointer) {
  _SlotMemory.store(text.isEmpty ? nil : copyMemory(UnsafeRawBufferPointer(text)), text.count, in: slot)
}
