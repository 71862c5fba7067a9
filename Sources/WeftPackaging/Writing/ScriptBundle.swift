/// Scripts that are always loaded together, made one: what is alike in several is compressed once, and a page waits for fewer files.
enum ScriptBundle {
  /// The parts of a file, each behind those that it imports.
  private static let bundles = [
    "instance.js": ["errors.js", "instance.js"],
    "runtime.js": ["values.js", "buffers.js", "workers.js", "runtime.js"],
  ]

  /// The file that holds what `script` exports.
  static func file(of script: String) -> String { bundles.first { $0.value.contains(script) }?.key ?? script }

  /// The scripts of a package by their names, with parts in one and everybody's imports from there.
  static func bundle(_ scripts: [String: String]) -> [String: String] {
    var result = scripts
    for (name, parts) in bundles {
      // Tests come with scripts of their own, which have no parts.
      guard parts.allSatisfy({ scripts[$0] != nil }) else { continue }
      for part in parts { result[part] = nil }
      result[name] = joined(parts.compactMap { scripts[$0] }, into: name)
    }
    return result.mapValues { text in
      bundles.reduce(text) { text, bundle in
        bundle.value.reduce(text) { $0.replacing("from \"./\($1)\"", with: "from \"./\(bundle.key)\"") }
      }
    }
  }

  private static func joined(_ texts: [String], into name: String) -> String {
    var imports: [String: Set<String>] = [:]
    var body = ""
    for line in texts.joined().split(separator: "\n", omittingEmptySubsequences: false) {
      if let match = line.wholeMatch(of: /import \{ (.+) \} from "\.\/(.+)";/) {
        let source = file(of: String(match.2))
        if source != name { imports[source, default: []].formUnion(match.1.split(separator: ", ").map(String.init)) }
      } else {
        body += "\(line)\n"
      }
    }
    return importLines(imports) + body
  }

  /// The lines that import names, by the scripts that export them.
  static func importLines(_ imports: [String: Set<String>]) -> String {
    imports.sorted { $0.key < $1.key }
      .map { "import { \($0.value.sorted().joined(separator: ", ")) } from \"./\($0.key)\";\n" }.joined()
  }
}
