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
      return ("number", "values.js", definition)
    }
  }

  /// What `number` of values.js takes.
  private var definition: String {
    let (view, size, bits, isSigned): (String, Int, Int?, Bool) =
      switch self {
      // Written as the only kind of number that JavaScript has, but they hold 32 bits on the web.
      case .int: ("Float64", 8, 32, true)
      case .uint: ("Float64", 8, 32, false)
      case .int8: ("Int8", 1, 8, true)
      case .int16: ("Int16", 2, 16, true)
      case .int32: ("Int32", 4, 32, true)
      case .int64: ("BigInt64", 8, 64, true)
      case .uint8: ("Uint8", 1, 8, false)
      case .uint16: ("Uint16", 2, 16, false)
      case .uint32: ("Uint32", 4, 32, false)
      case .uint64: ("BigUint64", 8, 64, false)
      case .float: ("Float32", 4, nil, true)
      case .double: ("Float64", 8, nil, true)
      }
    let n = isBig ? "n" : ""
    let limits = bits.map {
      isSigned ? ", -(2\(n) ** \($0 - 1)\(n)), 2\(n) ** \($0 - 1)\(n) - 1\(n)" : ", 0\(n), 2\(n) ** \($0)\(n) - 1\(n)"
    }
    return "\"\(rawValue)\", \"\(view)\", \(size), \(typedArray)\(limits ?? "")"
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
