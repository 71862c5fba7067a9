import Foundation

/// The hand-written JavaScript that every package contains.
enum RuntimeScripts {
  static var installedFolder: URL { Bundle.module.bundleURL.appending(component: "JavaScript") }

  /// The script that knows how large addresses are, and the one that stands in its place where they have 64 bits.
  private static let addresses = (narrow: "addresses.js", wide: "addresses64.js")

  /// The scripts of a package by name, made of those in `folder`. Without comments, they are smaller and do the same.
  static func files(in folder: URL, hasWideAddresses: Bool, withComments: Bool) throws(PackagingError) -> [String: Data] {
    var scripts: [String: String] = [:]
    do {
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      where file.pathExtension == "js" {
        let text = try String(contentsOf: file, encoding: .utf8)
        scripts[file.lastPathComponent] = withComments ? text : withoutComments(text)
      }
    } catch {
      throw .fileSystem(doing: "read weft's JavaScript runtime in '\(folder.path)'", reason: error.localizedDescription)
    }
    let wide = scripts.removeValue(forKey: addresses.wide)
    if hasWideAddresses { scripts[addresses.narrow] = wide }
    // What index.js refers to.
    guard scripts["runtime.js"] != nil, scripts["worker.js"] != nil else { throw .runtimeMissing(folder) }
    return ScriptBundle.bundle(scripts).mapValues {
      Data((withComments ? $0 : ScriptCompaction.compact(PrivateNames.shortened($0)) + "\n").utf8)
    }
  }

  /// Drops blank lines, lines of comments, comments at the beginning of a line, indentation, and types within a line
  /// (`/** … */`). `// @ts-…` stays, for projects that have TypeScript check what they import, and so do other comments behind
  /// code, such as those that tell bundlers something. Knows no strings: the runtime has none that hold `/**` or a line break.
  static func withoutComments(_ text: String) -> String {
    var isInside = false
    var kept = ""
    for line in text.split(whereSeparator: \.isNewline) {
      var code = line
      while isInside || code.drop(while: \.isWhitespace).hasPrefix("/*") {
        guard let end = (isInside ? code : code.drop(while: \.isWhitespace).dropFirst(2)).firstRange(of: "*/") else {
          isInside = true
          code = ""
          break
        }
        isInside = false
        code = code[end.upperBound...]
      }
      let trimmed = code.drop(while: \.isWhitespace)
      if trimmed.isEmpty || trimmed.hasPrefix("//") && !trimmed.hasPrefix("// @ts-") { continue }
      kept += withoutTypes(trimmed) + "\n"
    }
    return kept
  }

  private static func withoutTypes(_ line: Substring) -> Substring {
    guard let start = line.firstRange(of: "/** "), let end = line[start.upperBound...].firstRange(of: "*/") else { return line }
    var rest = line[end.upperBound...]
    if rest.first == " " { rest = rest.dropFirst() }
    // A name that had its type said needs its parentheses no more, unless it is a parameter.
    if let cast = rest.prefixMatch(of: /\(([\w.]+)\)(?! =>)/) { rest = cast.1 + rest[cast.range.upperBound...] }
    return line[..<start.lowerBound] + withoutTypes(rest)
  }
}
