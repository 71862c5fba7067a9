/// `calls.js`: the functions of JavaScript's that the program calls, for every thread of it.
enum CallsScript {
  static let fileName = "calls.js"

  /// Whether the program calls any, or is given functions or values.
  static func isNeeded(for app: AppModules) -> Bool {
    !app.imports.isEmpty || app.usesWorkers
      || app.declarations.flatMap(\.functions).contains { function in
        (function.function.parameters.map(\.type) + [function.function.result]).contains(where: \.holdsJavaScript)
      }
      || app.declarations.contains(where: \.holdsJavaScript)
  }

  static func text(for app: AppModules) -> String {
    var codecs = CodecScript(app)
    let types = codecs.prepare(app.imports.flatMap(\.members))
    var imports = ""
    for declaration in app.imports {
      for member in declaration.members {
        let accessor = member.kind == .get ? " get: true," : member.kind == .set ? " set: true," : ""
        imports += """
            { source: "\(declaration.source.rawValue)", page: \(declaration.isOnPage), path: \(JavaScriptText.quoted(declaration.path)),\(accessor) \
          parameters: [\(member.parameters.map { codecs.codec($0.type) }.joined(separator: ", "))], result: \(codecs.codec(member.result)) },

          """
      }
    }
    codecs.require("caller", of: "functions.js")
    codecs.require("performer", of: "functions.js")
    if app.usesWorkers { codecs.require("workers", of: "isolated.js") }
    let workers = app.usesWorkers ? ", workers(app, connect, \(IndexScript.memoryType(of: app)))" : ""
    let usesModule = app.imports.contains { $0.source == .module }
    return """
      \(IndexScript.firstLine)
      \(codecs.importLines)\(usesModule ? "import * as module from \"./imports.js\";\n" : "const module = {};\n")\
      \(codecs.numberDefinitions)\(types)const imports = [
      \(imports)];
      export const connect = (app) => caller(app, imports, module\(workers));
      export const perform = (app) => performer(app, imports, module);

      """
  }
}

extension BridgedType {
  fileprivate var holdsJavaScript: Bool {
    switch self {
    case .value, .function: true
    case .optional(let type), .array(let type), .dictionary(let type): type.holdsJavaScript
    case .tuple(let elements): elements.contains(where: \.type.holdsJavaScript)
    default: false
    }
  }
}

extension ExportedDeclaration {
  fileprivate var holdsJavaScript: Bool {
    switch self {
    case .structure(_, _, let fields): fields.contains(where: \.type.holdsJavaScript)
    case .enumeration(_, _, let cases): cases.flatMap(\.payload).contains(where: \.type.holdsJavaScript)
    default: false
    }
  }
}
