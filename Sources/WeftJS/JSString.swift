extension String: _JSCodec {
  @export(interface)
  public static func _read(_ reader: inout _JSReader) -> String {
    let count = Int(reader.load(UInt32.self))
    let bytes = reader.skip(count).assumingMemoryBound(to: UInt8.self)
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  @export(interface)
  public static func _write(_ value: consuming String, _ writer: inout _JSWriter) {
    // Copied, because `withUTF8` may change how the string is stored.
    var text = value
    text.withUTF8 { utf8 in
      writer.store(UInt32(utf8.count))
      let memory = writer.reserve(utf8.count)
      if let source = utf8.baseAddress { memory.copyMemory(from: source, byteCount: utf8.count) }
    }
  }
}
