/// The number types of Swift that cross to JavaScript, by their Swift names.
public enum NumberType: String, Sendable, CaseIterable {
  case int = "Int"
  case int8 = "Int8"
  case int16 = "Int16"
  case int32 = "Int32"
  case int64 = "Int64"
  case uint = "UInt"
  case uint8 = "UInt8"
  case uint16 = "UInt16"
  case uint32 = "UInt32"
  case uint64 = "UInt64"
  case float = "Float"
  case double = "Double"

  /// Whether JavaScript needs a `bigint` for it.
  public var isBig: Bool { self == .int64 || self == .uint64 }

  /// What the runtime calls its codec.
  var codec: String { rawValue.lowercased() }

  /// The JavaScript class that holds many of them. `Int` has 32 bits on the web.
  public var typedArray: String {
    switch self {
    case .int, .int32: "Int32Array"
    case .int8: "Int8Array"
    case .int16: "Int16Array"
    case .int64: "BigInt64Array"
    case .uint, .uint32: "Uint32Array"
    case .uint8: "Uint8Array"
    case .uint16: "Uint16Array"
    case .uint64: "BigUint64Array"
    case .float: "Float32Array"
    case .double: "Float64Array"
    }
  }
}
