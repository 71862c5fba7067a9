/// What a function of JavaScript has thrown.
public struct JSError: Error, Sendable {
  /// The error's name, such as `TypeError`; empty if what was thrown is no error.
  public let name: String
  /// Its message, or what was thrown as a string.
  public let message: String

  /// Makes an error, for functions that stand in for those of JavaScript.
  public init(name: String = "Error", message: String) {
    self.name = name
    self.message = message
  }
}

extension JSError: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> JSError {
    let name = reader.read(String.self)
    return JSError(name: name, message: reader.read(String.self))
  }

  public static func _write(_ error: consuming JSError, _ writer: inout _JSWriter) {
    writer.write(String.self, error.name)
    writer.write(String.self, error.message)
  }
}
