/// The description of a declaration that travels in the name of its wasm export or import.
///
/// It is `weft:` and then compact JSON, percent-encoded:
/// `{"name":"sum","doc":"…","parameters":[{"name":"data","type":"[Double]"}],"result":"Double"}`. The encoding is there because
/// the compiler takes the characters of the literal in `@_expose` as they stand in the source: it neither resolves escapes nor
/// accepts raw literals, so that quotes and backslashes cannot be written.
///
/// The reader is `Descriptor` in WeftPackaging, which says what each kind of declaration has.
struct Descriptor {
  private var fields: [String] = []

  /// Adds a field; none if the value is nil.
  func with(_ name: String, _ value: String?) -> Descriptor { adding(name, value.map(Self.quoted)) }
  func with(_ name: String, _ value: Bool) -> Descriptor { adding(name, value ? "true" : nil) }
  func with(_ name: String, _ values: [Descriptor]) -> Descriptor {
    adding(name, "[\(values.map(\.json).joined(separator: ","))]")
  }

  /// Adds what is to be told of a function.
  func with(_ signature: JSSignature) -> Descriptor {
    let parameters = signature.parameters.map { parameter in
      Descriptor().with("name", parameter.name).with("type", parameter.type.spelling).with("inout", parameter.isInout)
        .with("default", parameter.defaultValue)
    }
    return with("parameters", parameters).with("result", signature.result.spelling).with("throws", signature.error)
  }

  private func adding(_ name: String, _ json: String?) -> Descriptor {
    guard let json else { return self }
    var copy = self
    copy.fields.append("\(Self.quoted(name)):\(json)")
    return copy
  }

  private var json: String { "{\(fields.joined(separator: ","))}" }

  /// What stands in the module.
  var encoded: String { "weft:" + Self.percentEncoded(json) }

  private static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += #"\""#
      case "\\": json += #"\\"#
      case "\n": json += #"\n"#
      case "\0"..<" ": json += #"\u00"# + hexadecimal(UInt8(scalar.value))
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  private static func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "%"), ..<0x20, 0x7F...: "%" + hexadecimal(byte)
      default: String(UnicodeScalar(byte))
      }
    }.joined()
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
