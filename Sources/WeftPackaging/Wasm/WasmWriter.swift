/// Writes the values that the wasm binary format is made of.
enum WasmWriter {
  static func unsigned(_ value: Int) -> [UInt8] {
    var rest = UInt64(value)
    var bytes: [UInt8] = []
    repeat {
      let more: UInt8 = rest > 0x7F ? 0x80 : 0
      bytes.append(UInt8(rest & 0x7F) | more)
      rest >>= 7
    } while rest > 0
    return bytes
  }

  static func name(_ name: String) -> [UInt8] { unsigned(name.utf8.count) + Array(name.utf8) }
}
