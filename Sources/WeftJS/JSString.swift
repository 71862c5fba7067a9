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
    #if arch(wasm32) || arch(wasm64)
      // Always there: only strings of Foundation may not lie in one piece. `withUTF8` would compile what makes one of them.
      value.utf8.withContiguousStorageIfAvailable { writer.store(utf8: $0) }
    #else
      var text = value
      text.withUTF8 { writer.store(utf8: $0) }
    #endif
  }
}

extension _JSWriter {
  fileprivate mutating func store(utf8: UnsafeBufferPointer<UInt8>) {
    store(UInt32(utf8.count))
    let memory = reserve(utf8.count)
    if let source = utf8.baseAddress { memory.copyMemory(from: source, byteCount: utf8.count) }
  }
}
