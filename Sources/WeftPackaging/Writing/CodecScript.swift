/// The JavaScript expressions that stand for types in the scripts of a package, and what these must import for them.
struct CodecScript {
  private let declarations: [String: ExportedDeclaration]
  private let hasWideAddresses: Bool
  /// The names that are used, by the script of the runtime that has them.
  private(set) var imports: [String: Set<String>] = [:]
  /// The number types that are used: each is described by the script that uses it.
  private var numbers: Set<NumberType> = []
  /// The program's types that are used.
  private var used: Set<String> = []
  /// The types that have been written, so that the ones that are not yet can only be named later.
  private var written: Set<String> = []

  init(_ app: AppModules) {
    declarations = Dictionary(uniqueKeysWithValues: app.declarations.map { ($0.name, $0) })
    hasWideAddresses = app.hasWideAddresses
  }

  /// The name by which the program's own type is known in a script. No export and no name of the runtime begins like this.
  static func variable(_ name: String) -> String { "$\(name)" }

  private mutating func use(_ name: String, of script: String) -> String {
    require(name, of: script)
    return name
  }

  /// The codec of a type.
  mutating func codec(_ type: BridgedType) -> String {
    switch type {
    case .void: return "null"
    case .bool: return use("bool", of: "values.js")
    case .number(let number):
      numbers.insert(number)
      let (maker, script, _) = number.definition(hasWideAddresses: hasWideAddresses)
      require(maker, of: script)
      return number.codec
    case .string: return use("text", of: "text.js")
    case .value: return use("value", of: "functions.js")
    case .sharedMemory: return use("sharedMemory", of: "sharing.js")
    case .control: return use("injected", of: "composites.js")
    case .optional(let wrapped): return "\(use("optional", of: "composites.js"))(\(codec(wrapped)))"
    case .array(.number(let number)): return "\(use("numbers", of: "arrays.js"))(\(element(number)))"
    case .array(let element): return "\(use("list", of: "arrays.js"))(\(codec(element)))"
    case .dictionary(let value): return "\(use("record", of: "composites.js"))(\(codec(value)), \(codec(.string)))"
    case .sharedBuffer(let number): return "\(use("buffer", of: "buffers.js"))(\(element(number)))"
    case .tuple(let elements):
      guard elements.allSatisfy({ $0.label != nil }) else {
        return "\(use("tuple", of: "composites.js"))([\(elements.map { codec($0.type) }.joined(separator: ", "))])"
      }
      let fields = elements.map { "[\(JavaScriptText.quoted($0.label ?? "")), \(codec($0.type))]" }
      return "\(use("object", of: "composites.js"))(\"\", [\(fields.joined(separator: ", "))])"
    case .function(let parameters, let result):
      return "\(use("callback", of: "functions.js"))([\(parameters.map { codec($0) }.joined(separator: ", "))], \(codec(result)))"
    case .named(let name):
      if name == "JSError" { return use("thrown", of: "functions.js") }
      used.insert(name)
      return written.contains(name) ? Self.variable(name) : "\(use("later", of: "composites.js"))(() => \(Self.variable(name)))"
    }
  }

  /// The codec of a number in memory that both sides see.
  private mutating func element(_ number: NumberType) -> String {
    // Where `Int` has 32 bits its own codec will do, and says its own name.
    codec(.number(hasWideAddresses ? number.inMemory(hasWideAddresses: true) : number))
  }

  /// The declarations of the codecs of the program's types that are used so far and by these types.
  mutating func definitions() -> String {
    var text = ""
    while let name = used.subtracting(written).min() { text += definition(of: name) }
    return text
  }

  /// Writes the types that `name` needs before it, as far as they do not need it themselves.
  private mutating func definition(of name: String, within: Set<String> = []) -> String {
    guard let declaration = declarations[name], !written.contains(name), !within.contains(name) else { return "" }
    var text = ""
    if !declaration.isClass {
      for needed in declaration.names.sorted() { text += definition(of: needed, within: within.union([name])) }
    }
    guard !written.contains(name) else { return text }
    let variable = Self.variable(name)
    let quoted = JavaScriptText.quoted(name)
    switch declaration {
    case .structure(_, _, let fields):
      let fields = fields.map { "[\(JavaScriptText.quoted($0.name)), \(codec($0.type))]" }
      text += "const \(variable) = \(use("object", of: "composites.js"))(\(quoted), [\(fields.joined(separator: ", "))]);\n"
    case .enumeration(_, _, let cases) where cases.allSatisfy(\.payload.isEmpty):
      let names = cases.map { JavaScriptText.quoted($0.raw ?? $0.name) }
      text += "const \(variable) = \(use("names", of: "composites.js"))(\(quoted), [\(names.joined(separator: ", "))]);\n"
    case .enumeration(_, _, let cases):
      let cases = cases.map { item in
        let fields = item.fields.map { ", [\(JavaScriptText.quoted($0.name)), \(codec($0.type))]" }
        return "[\(JavaScriptText.quoted(item.name))\(fields.joined())]"
      }
      text += "const \(variable) = \(use("choice", of: "composites.js"))(\(quoted), [\(cases.joined(separator: ", "))]);\n"
    case .classType(_, _, let isSendable, _):
      text += "const \(variable) = \(use("handle", of: "classes.js"))(\(quoted), \(!isSendable));\n"
    case .function, .namespace: break
    }
    written.insert(name)
    return text
  }

  /// The types that functions take, return and throw must be there before the functions' own lines.
  mutating func prepare(_ functions: [ExportedFunction]) -> String {
    for name in functions.flatMap(\.names) where declarations[name] != nil { used.insert(name) }
    return definitions()
  }

  /// `["add", [["a", double], ["b", double]], double]`
  mutating func signature(_ function: ExportedFunction, of owner: ExportedDeclaration? = nil) -> String {
    var result = codec(function.result)
    var parameters: [String] = []
    var returned: [String] = []
    for parameter in function.parameters {
      let name = JavaScriptText.quoted(parameter.name)
      var codec = codec(parameter.type)
      if parameter.isInout {
        // Its place among what JavaScript passes.
        let index = function.parameters.prefix { $0.name != parameter.name }.count { $0.type != .control }
        returned.append("[\(name), \(index), \(codec)]")
        codec = "\(use("inout", of: "arrays.js"))(\(codec))"
      }
      if parameter.defaultValue != nil { codec = "\(use("defaulted", of: "composites.js"))(\(codec))" }
      parameters.append("[\(name), \(codec)]")
    }
    if let error = function.error {
      let thrown = error == "JSError" ? use("thrownError", of: "functions.js") : error
      result = "\(use("throwing", of: "composites.js"))(\(result), \(thrown))"
    }
    if !returned.isEmpty { result = "\(use("withInout", of: "arrays.js"))(\(result), [\(returned.joined(separator: ", "))])" }
    let name = function.kind == .initializer ? owner?.name ?? function.name : function.name
    let isSerial = isSerial(function, of: owner) ? ", true" : ""
    return "[\(JavaScriptText.quoted(name)), [\(parameters.joined(separator: ", "))], \(result)\(isSerial)]"
  }

  /// The declarations of the codecs of numbers.
  var numberDefinitions: String {
    NumberType.allCases.filter(numbers.contains).map { number in
      let (maker, _, arguments) = number.definition(hasWideAddresses: hasWideAddresses)
      return "const \(number.codec) = \(maker)(\(arguments));\n"
    }.joined()
  }

  /// Whether a call touches objects that must not be used by several threads at once.
  private func isSerial(_ function: ExportedFunction, of owner: ExportedDeclaration?) -> Bool {
    var seen: Set<String> = []
    func isShy(_ name: String) -> Bool {
      guard seen.insert(name).inserted, let declaration = declarations[name] else { return false }
      if case .classType(_, _, let isSendable, _) = declaration { return !isSendable }
      return declaration.names.contains(where: isShy)
    }
    if case .classType(_, _, let isSendable, _)? = owner, !isSendable { return true }
    return function.names.contains(where: isShy)
  }

  /// `import … from …` for all that has been used.
  var importLines: String { ScriptBundle.importLines(imports) }

  mutating func require(_ name: String, of script: String) { imports[ScriptBundle.file(of: script), default: []].insert(name) }
}

extension ExportedDeclaration {
  fileprivate var isClass: Bool {
    if case .classType = self { true } else { false }
  }
}

/// Text in JavaScript's source.
enum JavaScriptText {
  /// A string literal.
  static func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": literal += "\\\(scalar)"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\u{2028}": literal += "\\u2028"
      case "\u{2029}": literal += "\\u2029"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
