/// A place in a source file.
public struct SourceLocation: Sendable, Hashable {
  /// The module and the file's name, with a slash between.
  public var fileID: String
  /// The line, from 1 on.
  public var line: Int
  /// The column in bytes of UTF-8, from 1 on.
  public var column: Int

  /// Makes a place.
  public init(fileID: String, filePath: String, line: Int, column: Int) {
    self.fileID = fileID
    self.line = line
    self.column = column
  }
}
