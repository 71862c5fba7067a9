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

  /// What scripts call its codec.
  var codec: String { rawValue.lowercased() }

  /// The type that is laid out in memory as this one is. `Int` has the size of an address.
  func inMemory(hasWideAddresses: Bool) -> NumberType {
    switch self {
    case .int: hasWideAddresses ? .int64 : .int32
    case .uint: hasWideAddresses ? .uint64 : .uint32
    default: self
    }
  }

  /// How its codec is made, and by which script of the runtime.
  func definition(hasWideAddresses: Bool) -> (maker: String, script: String, arguments: String) {
    switch self {
    case .int where hasWideAddresses: return ("integer", "addresses.js", #""Int", -Number.MAX_SAFE_INTEGER"#)
    case .uint where hasWideAddresses: return ("integer", "addresses.js", #""UInt", 0"#)
    default:
      let (maker, arguments) = definition
      return (maker, "values.js", arguments)
    }
  }

  private var definition: (maker: String, arguments: String) {
    let bits = rawValue.drop { $0.isLetter }
    return switch self {
    case .int: ("signed", #""Int", 32, Int32Array, "Float64", 8"#)
    case .uint: ("unsigned", #""UInt", 32, Uint32Array, "Float64", 8"#)
    case .int8, .int16, .int32: ("signed", "\"\(rawValue)\", \(bits), \(typedArray)")
    case .uint8, .uint16, .uint32: ("unsigned", "\"\(rawValue)\", \(bits), \(typedArray), \"Uint\(bits)\"")
    case .int64: ("number", #""Int64", "BigInt64", 8, BigInt64Array, -(2n ** 63n), 2n ** 63n - 1n"#)
    case .uint64: ("number", #""UInt64", "BigUint64", 8, BigUint64Array, 0n, 2n ** 64n - 1n"#)
    case .float: ("number", #""Float", "Float32", 4, Float32Array"#)
    case .double: ("number", #""Double", "Float64", 8, Float64Array"#)
    }
  }

  /// The JavaScript class that holds many of them. `Int` has 32 bits on the web, unless addresses have 64.
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
