import Foundation

/// Makes names that people read of the names that the compiler gives to functions.
package struct Demangler {
  private let swift: URL

  /// A demangler that asks the command `swift`.
  package init(swift: URL) { self.swift = swift }

  /// The readable name of each of `names` that has another one. `file` is where the names are put for `swift demangle` to read.
  package func readableNames(of names: [String], through file: URL) async throws -> [String: String] {
    try Data((names.joined(separator: "\n") + "\n").utf8).write(to: file)
    var command = ChildProcess(executable: swift, arguments: ["demangle", "-simplified", "-compact"], errors: .discarded)
    command.input = file
    let outcome = try await command.run()
    let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    // The names as they are do for a toolchain that cannot tell.
    guard outcome.status == 0, lines.count == names.count else { return [:] }
    return zip(names, lines).reduce(into: [:]) { $0[$1.0] = Self.plain($1.1) }
  }

  /// Without what only says how the compiler has come to make the function.
  private static func plain(_ name: Substring) -> String {
    var name = name
    for word in ["@objc ", "specialized ", "partial apply for ", "specialized "] where name.hasPrefix(word) {
      name = name.dropFirst(word.count)
    }
    // What `@JS` has made of a function, with the function in it.
    for prefix in ["__weft_direct_", "closure #1 in __weft_js_"] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
      return name.hasSuffix(")") ? String(name) : "\(name)()"
    }
    return String(name)
  }
}
