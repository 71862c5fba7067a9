/// `calls.js`: the functions of JavaScript's that the program calls, for every thread of it.
enum CallsScript {
  static let fileName = "calls.js"

  /// Whether the program calls any, or is given functions or values.
  static func isNeeded(for app: AppModules) -> Bool {
    !app.imports.isEmpty || app.usesWorkers
      || app.exports {
        switch $0 {
        case .value, .sharedMemory, .function: true
        default: false
        }
      }
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
    codecs.require("hear", of: "messages.js")
    codecs.require("listener", of: "messages.js")
    if app.usesWorkers { codecs.require("workers", of: "isolated.js") }
    let workers = app.usesWorkers ? ", workers(app, connect, \(IndexScript.memoryType(of: app)))" : ""
    var caller = "caller(app, imports, module\(workers))"
    if app.exports({ $0 == .sharedMemory }) {
      codecs.require("operator", of: "sharing.js")
      caller = "operator(app, \(caller))"
    }
    let usesModule = app.imports.contains { $0.source == .module }
    return """
      \(IndexScript.firstLine)
      \(codecs.importLines)\(usesModule ? "import * as module from \"./imports.js\";\n" : "const module = {};\n")\
      \(codecs.numberDefinitions)\(types)const imports = [
      \(imports)];
      export const connect = (app) => listener(app, \(caller), module);
      export const perform = (app) => performer(app, imports, module);
      export { hear as serve };

      """
  }
}

extension AppModules {
  /// Whether a type that `isSuch` crosses with what the program exports, on its own or inside another one.
  func exports(_ isSuch: (BridgedType) -> Bool) -> Bool {
    let functions = declarations.flatMap(\.functions).flatMap { $0.function.parameters.map(\.type) + [$0.function.result] }
    return (functions + declarations.flatMap(\.parts)).contains { $0.holds(isSuch) }
  }
}

extension ExportedDeclaration {
  /// What a plain value consists of.
  var parts: [BridgedType] {
    switch self {
    case .structure(_, _, let fields): fields.map(\.type)
    case .enumeration(_, _, let cases): cases.flatMap(\.payload).map(\.type)
    default: []
    }
  }
}
