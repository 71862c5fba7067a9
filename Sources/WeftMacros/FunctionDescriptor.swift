/// The description of an exported function that travels in the name of its wasm export.
///
/// It is `weft:` and then compact JSON, percent-encoded:
/// `{"name":"sum","doc":"…","parameters":[{"name":"data","type":"[Double]"}],"result":"Double"}`, with `"inout":true` in the
/// parameters that are. The encoding is there because the compiler takes the characters of the literal in `@_expose` as they
/// stand in the source: it neither resolves escapes nor accepts raw literals, so that quotes and backslashes cannot be written.
enum FunctionDescriptor {
  static func exportName(of signature: JSSignature, doc: String?) -> String {
    let parameters = signature.parameters.map { parameter in
      #"{"name":\#(quoted(parameter.name)),"type":\#(quoted(parameter.type))\#(parameter.isInout ? #","inout":true"# : "")}"#
    }
    let json = [
      #""name":\#(quoted(signature.name))"#,
      doc.map { #""doc":\#(quoted($0))"# },
      #""parameters":[\#(parameters.joined(separator: ","))]"#,
      #""result":\#(quoted(signature.result))"#,
    ]
    return "weft:" + percentEncoded("{\(json.compactMap(\.self).joined(separator: ","))}")
  }

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
