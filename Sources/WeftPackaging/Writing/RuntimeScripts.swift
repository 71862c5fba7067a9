import Foundation

/// The hand-written JavaScript that every package contains.
enum RuntimeScripts {
  static var installedFolder: URL { Bundle.module.bundleURL.appending(component: "JavaScript") }

  /// The scripts in `folder` by name. Without comments, they are smaller and do the same.
  static func files(in folder: URL, withComments: Bool) throws(PackagingError) -> [String: Data] {
    var files: [String: Data] = [:]
    do {
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      where file.pathExtension == "js" {
        let text = try String(contentsOf: file, encoding: .utf8)
        files[file.lastPathComponent] = Data((withComments ? text : withoutComments(text)).utf8)
      }
    } catch {
      throw .fileSystem(doing: "read weft's JavaScript runtime in '\(folder.path)'", reason: error.localizedDescription)
    }
    // What index.js refers to.
    guard files["runtime.js"] != nil, files["worker.js"] != nil else { throw .runtimeMissing(folder) }
    return files
  }

  /// Drops blank lines, lines of comments and comments at the beginning of a line. `// @ts-…` stays, for projects that have TypeScript
  /// check what they import. Comments behind code stay too, and so does all that only a parser could tell from a comment, except lines
  /// of a template literal that begin like one: the runtime has none.
  static func withoutComments(_ text: String) -> String {
    var isInside = false
    var kept = ""
    for line in text.split(whereSeparator: \.isNewline) {
      var code = line
      var isWhole = true
      while isInside || code.drop(while: \.isWhitespace).hasPrefix("/*") {
        guard let end = (isInside ? code : code.drop(while: \.isWhitespace).dropFirst(2)).firstRange(of: "*/") else {
          isInside = true
          code = ""
          break
        }
        isInside = false
        isWhole = false
        code = code[end.upperBound...]
      }
      let trimmed = code.drop(while: \.isWhitespace)
      if trimmed.isEmpty || trimmed.hasPrefix("//") && !trimmed.hasPrefix("// @ts-") { continue }
      kept += (isWhole ? line : trimmed) + "\n"
    }
    return kept
  }
}
