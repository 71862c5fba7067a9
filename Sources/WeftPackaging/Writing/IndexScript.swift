import Foundation

/// `index.js`: what a page imports. It tells the runtime what the program exports and where its files are.
enum IndexScript {
  static let fileName = "index.js"

  /// The first line, by which weft knows a folder that it may replace.
  static let firstLine = "// Written by weft; changes are lost with the next build."

  /// The memory that the modules want, as `runtime.js` takes it.
  static func memoryType(of app: AppModules) -> String {
    "{ initial: \(app.memory.initial), maximum: \(app.memory.maximum)\(app.hasWideAddresses ? ", address: \"i64\"" : "") }"
  }

  static func text(for app: AppModules, wasm: (threaded: String, single: String)) -> String {
    text(for: app) { program, hasCalls, codecs in
      codecs.require("start", of: "runtime.js")
      if app.hasWideAddresses {
        codecs.require("requireMemory64", of: "addresses.js")
        codecs.require("supportsThreads", of: "runtime.js")
      }
      // Bundlers find files by the words `new URL("…", import.meta.url)`, and workers by `new Worker` around them.
      return """
        /** Starts the program. */
        export default \(app.hasWideAddresses ? "async " : "")function init(options) {
        \(app.hasWideAddresses ? "  requireMemory64(supportsThreads().supported);\n" : "")\
          return start({
            \(program),\(hasCalls ? "\n    calls: () => import(\"./calls.js\")," : "")
            threaded: new URL("./\(wasm.threaded)", import.meta.url),
            single: new URL("./\(wasm.single)", import.meta.url),
            worker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
          }, options);
        }
        export { WeftError, supportsThreads } from "./runtime.js";

        """
    }
  }

  /// What all scripts begin with that start the program: what it exports. `ending` gets the names of its parts, and whether it calls JavaScript.
  static func text(
    for app: AppModules, ending: (_ program: String, _ hasCalls: Bool, _ codecs: inout CodecScript) -> String
  ) -> String {
    var codecs = CodecScript(app)
    var types = codecs.prepare(app.declarations.flatMap { $0.functions.map(\.function) })
    let errors = errorNames(in: app)
    for name in errors {
      codecs.require("failure", of: "composites.js")
      types += "export const \(name) = failure(\(JavaScriptText.quoted(name)), \(CodecScript.variable(name)));\n"
    }
    var functions = ""
    var objects = ""
    for declaration in app.declarations {
      guard let export = app.exportNames[declaration.name] else { continue }
      switch declaration {
      case .function(let function): functions += "  [\"\(export)\", \(codecs.signature(function))],\n"
      case .classType, .namespace:
        codecs.require("define", of: "classes.js")
        var codec = "null"
        if case .classType = declaration { codec = codecs.codec(.named(declaration.name)) }
        types += codecs.definitions()
        let members = declaration.functions.map { "[\"\($0.function.kind.rawValue)\", \(codecs.signature($0.function, of: declaration))]" }
        objects +=
          "  \(declaration.name): define(app, \"\(export)\", \(codec), [\n\(members.map { "    \($0),\n" }.joined())  ]),\n"
      case .structure, .enumeration: break
      }
    }
    if app.exports({ $0 == .sharedMemory }) {
      codecs.require("share", of: "sharing.js")
      objects += "  share: (buffer) => share(app, buffer),\n"
    }
    let program = ["functions", objects.isEmpty ? nil : "objects", "memory"].compactMap(\.self).joined(separator: ",\n    ")
    let end = ending(program, CallsScript.isNeeded(for: app), &codecs)
    return """
      \(firstLine)
      \(codecs.importLines)\(codecs.numberDefinitions)\(types)const functions = [
      \(functions)];
      \(objects.isEmpty ? "" : "const objects = (app) => ({\n\(objects)});\n")\
      const memory = \(memoryType(of: app));
      \(end)
      """
  }

  /// The types that functions throw, sorted.
  static func errorNames(in app: AppModules) -> [String] {
    Set(app.declarations.flatMap(\.functions).compactMap(\.function.error)).subtracting(["JSError"]).sorted()
  }

  /// Whether `folder` holds a package that weft wrote.
  static func wasWritten(in folder: URL) -> Bool {
    guard let file = FileHandle(forReadingAtPath: folder.appending(component: fileName).path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: firstLine.utf8.count)) == Data(firstLine.utf8)
  }
}
