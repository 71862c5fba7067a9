import WeftPlatform

/// An address and a count, as they stand in a slot.
struct SlotMemory {
  let address: UnsafeMutableRawPointer?
  let count: Int

  init(_ slot: UnsafeMutableRawPointer) {
    address = UnsafeMutableRawPointer(bitPattern: UInt(slot.load(as: UInt32.self)))
    count = Int(slot.load(fromByteOffset: 4, as: UInt32.self))
  }

  static func store(_ address: UnsafeMutableRawPointer?, _ count: Int, in slot: UnsafeMutableRawPointer) {
    // Addresses have 32 bits wherever JavaScript reads a slot.
    slot.storeBytes(of: UInt32(UInt(bitPattern: address)), as: UInt32.self)
    slot.storeBytes(of: UInt32(count), toByteOffset: 4, as: UInt32.self)
  }
}

extension Array: JSBridgeable where Element: JSNumber {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> [Element] {
    let memory = SlotMemory(slot)
    guard let address = memory.address else { return [] }
    defer { freeMemory(address) }
    return Array(UnsafeBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: memory.count))
  }

  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) {
    let (address, count) = withUnsafeBytes { ($0.isEmpty ? nil : copyMemory($0), self.count) }
    SlotMemory.store(address, count, in: slot)
  }
}

extension String: JSBridgeable {
  public static func _fromJS(_ slot: UnsafeMutableRawPointer) -> String {
    let memory = SlotMemory(slot)
    guard let address = memory.address else { return "" }
    defer { freeMemory(address) }
    return String(decoding: UnsafeRawBufferPointer(start: address, count: memory.count), as: UTF8.self)
  }

  public consuming func _toJS(_ slot: UnsafeMutableRawPointer) {
    var text = self
    let (address, count) = text.withUTF8 { ($0.isEmpty ? nil : copyMemory(UnsafeRawBufferPointer($0)), $0.count) }
    SlotMemory.store(address, count, in: slot)
  }
}
