/// How values of a type cross between Swift and JavaScript. What `@JS` generates uses it; a program does not.
///
/// It is a type of its own beside that of the values, because a macro can add a type, but no conformance to whatever it stands at.
/// README.md in this folder says how values are written.
public protocol _JSCodec {
  /// The type of the values.
  associatedtype Value
  /// Reads a value that JavaScript has written.
  static func _read(_ reader: inout _JSReader) -> Value
  /// Writes a value for JavaScript.
  static func _write(_ value: consuming Value, _ writer: inout _JSWriter)
}

/// An array, element by element.
public enum _JSArray<Element: _JSCodec>: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> [Element.Value] {
    let count = Int(reader.load(UInt32.self))
    var array: [Element.Value] = []
    array.reserveCapacity(count)
    for _ in 0..<count { array.append(Element._read(&reader)) }
    return array
  }

  public static func _write(_ array: consuming [Element.Value], _ writer: inout _JSWriter) {
    writer.store(UInt32(array.count))
    for value in array { Element._write(value, &writer) }
  }
}

/// A value or none.
public enum _JSOptional<Wrapped: _JSCodec>: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> Wrapped.Value? { reader.flag() ? Wrapped._read(&reader) : nil }

  public static func _write(_ value: consuming Wrapped.Value?, _ writer: inout _JSWriter) {
    guard let value else { return writer.store(UInt8(0)) }
    writer.store(UInt8(1))
    Wrapped._write(value, &writer)
  }
}

/// A dictionary, whose keys are properties in JavaScript.
public enum _JSDictionary<Element: _JSCodec>: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> [String: Element.Value] {
    let count = Int(reader.load(UInt32.self))
    var dictionary: [String: Element.Value] = [:]
    dictionary.reserveCapacity(count)
    for _ in 0..<count {
      let key = String._read(&reader)
      dictionary[key] = Element._read(&reader)
    }
    return dictionary
  }

  public static func _write(_ dictionary: consuming [String: Element.Value], _ writer: inout _JSWriter) {
    writer.store(UInt32(dictionary.count))
    for (key, value) in dictionary {
      String._write(key, &writer)
      Element._write(value, &writer)
    }
  }
}
