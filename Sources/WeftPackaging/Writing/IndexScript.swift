import Foundation

/// `index.js`: what a page imports. It tells the runtime what the program exports and where its files are.
enum IndexScript {
  static let fileName = "index.js"

  /// The first line, by which weft knows a folder that it may replace.
  private static let firstLine = "// Written by weft; changes are lost with the next build."

  static func text(for app: AppModules, wasm: (threaded: String, single: String)) -> String {
    let functions = zip(app.functions, app.exportNames).map { function, exportName in
      let parameters = function.parameters.map { quoted("\($0.name):\($0.isInout ? "inout " : "")\($0.type.spelling)") }
      return
        "  [\(quoted(function.name)), \(quoted(exportName)), [\(parameters.joined(separator: ", "))], \(quoted(function.result.spelling))],\n"
    }
    // Bundlers find files by the words `new URL("…", import.meta.url)`, and workers by `new Worker` around them.
    return """
      \(firstLine)
      import { start } from "./runtime.js";
      const functions = [
      \(functions.joined())];
      const memory = { initial: \(app.memory.initial), maximum: \(app.memory.maximum) };
      /** Starts the program. */
      export default function init(options) {
        return start({
          functions,
          memory,
          threaded: new URL("./\(wasm.threaded)", import.meta.url),
          single: new URL("./\(wasm.single)", import.meta.url),
          worker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
        }, options);
      }
      export { SharedBuffer, WeftError, supportsThreads } from "./runtime.js";

      """
  }

  /// Whether `folder` holds a package that weft wrote.
  static func wasWritten(in folder: URL) -> Bool {
    guard let file = FileHandle(forReadingAtPath: folder.appending(component: fileName).path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: firstLine.utf8.count)) == Data(firstLine.utf8)
  }

  /// Swift's escapes of a name or type are few enough that JavaScript's are the same.
  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
