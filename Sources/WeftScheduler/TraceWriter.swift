/// Writes events of one thread as JSON objects with commas between.
///
/// Into bytes, because compiling code that puts strings together costs Embedded Swift a second in every module. Generic, so that
/// it is compiled only into programs that trace.
struct TraceWriter<Bytes: RangeReplaceableCollection<UInt8>> {
  private(set) var bytes = Bytes()

  mutating func nameThread(_ index: Int) {
    append(#"{"name":"thread_name","ph":"M","pid":1,"tid":"#)
    append(UInt64(index))
    append(#","args":{"name":"weft-"#)
    append(UInt64(index + 1))
    append(#""}}"#)
  }

  mutating func append(_ entry: TraceRing.Entry, thread index: Int) {
    append(#",{"name":""#)
    append(entry.event.name)
    append(entry.event.isInstant ? #"","ph":"i","s":"t","pid":1,"tid":"# : #"","ph":"X","pid":1,"tid":"#)
    append(UInt64(index))
    append(#","ts":"#)
    appendMicroseconds(entry.start)
    if !entry.event.isInstant {
      append(#","dur":"#)
      appendMicroseconds(entry.end - entry.start)
    }
    append("}")
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ number: UInt64) {
    if number >= 10 { append(number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// With three digits behind the point.
  private mutating func appendMicroseconds(_ nanoseconds: UInt64) {
    append(nanoseconds / 1000)
    bytes.append(UInt8(ascii: "."))
    for unit in [100, 10, 1] as [UInt64] { append(nanoseconds / unit % 10) }
  }
}
