/// `direct.js`: calls of functions that take and return only numbers and `Bool`, without a loop or a branch too many. They are loaded where
/// calls are synchronous, and leave everything that is not as usual to the general way.
enum DirectScript {
  static let fileName = "direct.js"

  static func text(for app: AppModules) -> String {
    var calls = ""
    for declaration in app.declarations {
      guard let export = app.exportNames[declaration.name] else { continue }
      for (thunk, function) in declaration.functions { calls += call(function, "\(export) \(thunk)") ?? "" }
    }
    return "\(IndexScript.firstLine)\nexport default {\n\(calls)};\n"
  }

  private static func call(_ function: ExportedFunction, _ key: String) -> String? {
    // A method has its object as well, and a class's initializer makes one.
    guard [.function, .static, .staticGet, .staticSet].contains(function.kind) else { return nil }
    guard function.isScalar || function.result == .void && function.error == nil else { return nil }
    var checks = ["arguments.length !== \(function.parameters.count)"]
    var writes: [String] = []
    var offset = 0
    for (index, parameter) in function.parameters.enumerated() {
      guard parameter.defaultValue == nil, !parameter.isInout, let scalar = Scalar(parameter.type) else { return nil }
      let name = "a\(index)"
      checks.append("!(\(scalar.check(name)))")
      writes.append("m.data.set\(scalar.view)(frame\(offset == 0 ? "" : " + \(offset)"), \(scalar.isBool ? "+\(name)" : name), true);")
      offset += scalar.size
    }
    var result = ""
    if function.result != .void {
      guard let scalar = Scalar(function.result) else { return nil }
      result = "\n    return m.data.get\(scalar.view)(frame, true)\(scalar.isBool ? " !== 0" : "");"
    }
    let names = function.parameters.indices.map { "a\($0)" }.joined(separator: ", ")
    return """
        \(JavaScriptText.quoted(key)): (call, frame, m, usual) => function (\(names)) {
          if (m.isOver || \(checks.joined(separator: " || "))) return usual(...arguments);
      \(writes.map { "    \($0)\n" }.joined())\
          try { call(frame); } catch (error) { m.fail(error); }\(result)
        },

      """
  }

  private struct Scalar {
    let view: String
    let size: Int
    let isBool: Bool
    private let condition: @Sendable (String) -> String

    func check(_ name: String) -> String { condition(name) }

    init?(_ type: BridgedType) {
      isBool = type == .bool
      switch type {
      case .bool: (view, size, condition) = ("Uint8", 1, { "typeof \($0) === \"boolean\"" })
      case .number(let number):
        switch number {
        case .double: (view, size, condition) = ("Float64", 8, { "typeof \($0) === \"number\"" })
        case .float: (view, size, condition) = ("Float32", 4, { "typeof \($0) === \"number\"" })
        case .int: (view, size, condition) = ("Float64", 8, { "\($0) === (\($0) | 0)" })
        case .uint: (view, size, condition) = ("Float64", 8, { "\($0) === \($0) >>> 0" })
        case .int32: (view, size, condition) = ("Int32", 4, { "\($0) === (\($0) | 0)" })
        case .uint32: (view, size, condition) = ("Uint32", 4, { "\($0) === \($0) >>> 0" })
        case .int16: (view, size, condition) = ("Int16", 2, { "\($0) === \($0) << 16 >> 16" })
        case .uint16: (view, size, condition) = ("Uint16", 2, { "\($0) === (\($0) & 0xffff)" })
        case .int8: (view, size, condition) = ("Int8", 1, { "\($0) === \($0) << 24 >> 24" })
        case .uint8: (view, size, condition) = ("Uint8", 1, { "\($0) === (\($0) & 0xff)" })
        case .int64: (view, size, condition) = ("BigInt64", 8, { "typeof \($0) === \"bigint\" && BigInt.asIntN(64, \($0)) === \($0)" })
        case .uint64: (view, size, condition) = ("BigUint64", 8, { "typeof \($0) === \"bigint\" && BigInt.asUintN(64, \($0)) === \($0)" })
        }
      default: return nil
      }
    }
  }
}
