/// The limits of a memory, in pages of 64 KiB.
public struct WasmMemory: Sendable, Equatable {
  /// How large it is at first.
  public let initial: UInt64
  /// How large it can grow; nil without a limit.
  public let maximum: UInt64?
  /// Whether threads can share it.
  public let isShared: Bool
  /// Whether addresses have 64 bits, so that it can have more than 4 GiB.
  public var hasWideAddresses = false

  static func read(_ reader: inout WasmReader) throws(WasmError) -> WasmMemory {
    let start = reader.offset
    let flags = try reader.byte("the flags of limits")
    guard flags < 8 else { throw .malformed(offset: start, expected: "the flags of limits, 0 to 7") }
    let bits = flags & 4 == 0 ? 32 : 64
    return WasmMemory(
      initial: try reader.unsigned("a lower limit", bits: bits),
      maximum: flags & 1 == 0 ? nil : try reader.unsigned("an upper limit", bits: bits),
      isShared: flags & 2 != 0,
      hasWideAddresses: bits == 64)
  }
}
