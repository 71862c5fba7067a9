import WeftJS

/// What an isolated worker can be sent, and can send: values that are copied from one memory into another.
///
/// Numbers, `Bool`, `String`, and arrays, optionals and `[String: T]` dictionaries of messages are. A `@JS` struct or enum becomes one by
/// a second attribute: `@JS @WorkerMessage struct Job { … }`.
///
/// `Int` goes as to JavaScript: exact to 2^53.
public protocol WorkerMessage: Sendable {
  /// How a value is written.
  associatedtype _Codec: _JSCodec where _Codec.Value == Self
  /// How an array of such values is written.
  associatedtype _ArrayCodec: _JSCodec = _JSArray<_Codec> where _ArrayCodec.Value == [Self]
}

/// Makes a `@JS` struct or enum a message of isolated workers. All that it holds must be messages too.
@attached(extension, conformances: WorkerMessage, names: named(_Codec))
public macro WorkerMessage() = #externalMacro(module: "WeftMacros", type: "WorkerMessageMacro")

extension Bool: WorkerMessage { public typealias _Codec = Bool }
extension String: WorkerMessage { public typealias _Codec = String }

extension Optional: WorkerMessage where Wrapped: WorkerMessage { public typealias _Codec = _JSOptional<Wrapped._Codec> }
extension Array: WorkerMessage where Element: WorkerMessage { public typealias _Codec = Element._ArrayCodec }
extension Dictionary: WorkerMessage where Key == String, Value: WorkerMessage {
  public typealias _Codec = _JSDictionary<Value._Codec>
}

// Arrays of numbers are copied as they lie in memory.
extension Float: WorkerMessage {
  public typealias _Codec = Float
  public typealias _ArrayCodec = _JSNumbers<Float>
}
extension Double: WorkerMessage {
  public typealias _Codec = Double
  public typealias _ArrayCodec = _JSNumbers<Double>
}
extension Int8: WorkerMessage {
  public typealias _Codec = Int8
  public typealias _ArrayCodec = _JSNumbers<Int8>
}
extension UInt8: WorkerMessage {
  public typealias _Codec = UInt8
  public typealias _ArrayCodec = _JSNumbers<UInt8>
}
extension Int16: WorkerMessage {
  public typealias _Codec = Int16
  public typealias _ArrayCodec = _JSNumbers<Int16>
}
extension UInt16: WorkerMessage {
  public typealias _Codec = UInt16
  public typealias _ArrayCodec = _JSNumbers<UInt16>
}
extension Int32: WorkerMessage {
  public typealias _Codec = Int32
  public typealias _ArrayCodec = _JSNumbers<Int32>
}
extension UInt32: WorkerMessage {
  public typealias _Codec = UInt32
  public typealias _ArrayCodec = _JSNumbers<UInt32>
}
extension Int64: WorkerMessage {
  public typealias _Codec = Int64
  public typealias _ArrayCodec = _JSNumbers<Int64>
}
extension UInt64: WorkerMessage {
  public typealias _Codec = UInt64
  public typealias _ArrayCodec = _JSNumbers<UInt64>
}
extension Int: WorkerMessage {
  public typealias _Codec = Int
  public typealias _ArrayCodec = _JSNumbers<Int>
}
extension UInt: WorkerMessage {
  public typealias _Codec = UInt
  public typealias _ArrayCodec = _JSNumbers<UInt>
}
