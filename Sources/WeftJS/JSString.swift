extension String: _JSCodec {
  @export(interface)
  public static func _read(_ reader: inout _JSReader) -> String {
    let count = Int(reader.load(UInt32.self))
    let bytes = reader.skip(count).assumingMemoryBound(to: UInt8.self)
    let utf8 = UnsafeBufferPointer(start: bytes, count: count)
    #if arch(wasm32) || arch(wasm64)
      // SAFETY: JavaScript's encoder and Swift's strings, which all of this comes from, write valid UTF-8 only. Decoding it would look at
      // that again, and link what repairs it: 9 KB gzipped.
      return unsafe String(copying: UTF8Span(unchecked: utf8.span))
    #else
      return String(decoding: utf8, as: UTF8.self)
    #endif
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
