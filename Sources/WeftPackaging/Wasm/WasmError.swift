/// What is wrong with the bytes of a wasm module.
public enum WasmError: Error, Equatable, CustomStringConvertible {
  /// The bytes do not begin as a wasm module of version 1 does.
  case notWasm(firstBytes: [UInt8])
  /// The bytes end where more must follow.
  case truncated(offset: Int, expected: String)
  /// The bytes at `offset` mean nothing, or nothing that this version knows.
  case malformed(offset: Int, expected: String)

  public var description: String {
    switch self {
    case .notWasm(let bytes):
      let found = bytes.isEmpty ? "nothing" : bytes.map(Self.hexadecimal).joined(separator: " ")
      return "not a wasm module: expected it to begin with 00 61 73 6d 01 00 00 00, but found \(found); build it again"
    case .truncated(let offset, let expected):
      return "the wasm module ends at byte \(offset), where \(expected) was expected; it was cut off, so build it again"
    case .malformed(let offset, let expected):
      return
        "the wasm module is not understood at byte \(offset), where \(expected) was expected; build it with a toolchain that weft supports"
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
