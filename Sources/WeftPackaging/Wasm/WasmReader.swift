/// Reads the values that the wasm binary format is made of; offsets in errors are those of the whole file.
struct WasmReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var offset: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  var isAtEnd: Bool { offset == bytes.endIndex }

  /// What a reader that went on from here has read.
  func bytes(until later: WasmReader) -> ArraySlice<UInt8> { bytes[offset..<later.offset] }

  mutating func byte(_ what: String) throws(WasmError) -> UInt8 {
    guard offset < bytes.endIndex else { throw .truncated(offset: offset, expected: what) }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// An unsigned integer in LEB128, at most `bits` wide.
  mutating func unsigned(_ what: String, bits: Int = 32) throws(WasmError) -> UInt64 {
    let start = offset
    var value: UInt64 = 0
    var shift = 0
    while true {
      let byte = try byte(what)
      let payload = UInt64(byte & 0x7F)
      guard shift < bits, payload >> UInt64(min(7, bits - shift)) == 0 else { throw .malformed(offset: start, expected: what) }
      value |= payload << UInt64(shift)
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
  }

  /// A signed integer in LEB128, passed over.
  mutating func skipSigned(_ what: String) throws(WasmError) {
    while try byte(what) & 0x80 != 0 {}
  }

  /// `unsigned` as a count of bytes or elements.
  mutating func count(_ what: String) throws(WasmError) -> Int { Int(try unsigned(what)) }

  mutating func take(_ count: Int, _ what: String) throws(WasmError) -> ArraySlice<UInt8> {
    guard count <= bytes.endIndex - offset else { throw .truncated(offset: bytes.endIndex, expected: what) }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  mutating func name(_ what: String) throws(WasmError) -> String {
    let length = try count("the length of \(what)")
    let start = offset
    guard let name = String(validating: try take(length, what), as: UTF8.self) else {
      throw .malformed(offset: start, expected: "\(what) in UTF-8")
    }
    return name
  }
}
