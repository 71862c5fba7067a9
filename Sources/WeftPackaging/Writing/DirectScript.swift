/// `direct.js`: calls of functions that take and return only numbers and `Bool`, without a loop or a branch too many. They are loaded where
/// calls are synchronous, and leave everything that is not as usual to the general way.
enum DirectScript {
  static let fileName = "direct.js"

  static func text(for app: AppModules) -> String {
    var calls = ""
    for case .function(let function) in app.declarations {
      guard let export = app.exportNames[function.name], let direct = app.directNames[function.name] else { continue }
      // What an `Int` of 64 bits returns may be no number that JavaScript has; the general way looks.
      if app.hasWideAddresses && [.number(.int), .number(.uint)].contains(function.result) { continue }
      calls += call(function, export, direct, hasWideAddresses: app.hasWideAddresses) ?? ""
    }
    return "\(IndexScript.firstLine)\nexport default {\n\(calls)};\n"
  }

  private static func call(_ function: ExportedFunction, _ export: String, _ direct: String, hasWideAddresses: Bool) -> String? {
    var checks = ["arguments.length !== \(function.parameters.count)"]
    let names = function.parameters.indices.map { "a\($0)" }
    for (name, parameter) in zip(names, function.parameters) {
      guard let check = check(parameter.type, name, hasWideAddresses: hasWideAddresses) else { return nil }
      checks.append("!(\(check))")
    }
    // A loop of its own for each function: the engine makes the call and the checks a part of the caller's code.
    return """
        \(export): (wasm, m, usual) => {
          const call = wasm.\(direct);
          return function (\(names.joined(separator: ", "))) {
            if (m.isOver || \(checks.joined(separator: " || "))) return usual(...arguments);
            try { return \(result(function.result, "call(\(names.joined(separator: ", ")))")); } catch (error) { m.fail(error); }
          };
        },

      """
  }

  private static func result(_ type: BridgedType, _ call: String) -> String {
    switch type {
    case .bool: "\(call) !== 0"
    case .number(.uint64): "BigInt.asUintN(64, \(call))"
    default: call
    }
  }

  private static func check(_ type: BridgedType, _ name: String, hasWideAddresses: Bool) -> String? {
    switch type {
    case .bool: return "typeof \(name) === \"boolean\""
    case .number(let number):
      switch number {
      case .double, .float: return "typeof \(name) === \"number\""
      case .int where hasWideAddresses: return "Number.isSafeInteger(\(name))"
      case .uint where hasWideAddresses: return "Number.isSafeInteger(\(name)) && \(name) >= 0"
      // Bits of what is no number may not be had, or be those of what its own code returns.
      case .int, .int32: return "typeof \(name) === \"number\" && \(name) === (\(name) | 0)"
      case .uint, .uint32: return "typeof \(name) === \"number\" && \(name) === \(name) >>> 0"
      case .int16: return "typeof \(name) === \"number\" && \(name) === \(name) << 16 >> 16"
      case .uint16: return "typeof \(name) === \"number\" && \(name) === (\(name) & 0xffff)"
      case .int8: return "typeof \(name) === \"number\" && \(name) === \(name) << 24 >> 24"
      case .uint8: return "typeof \(name) === \"number\" && \(name) === (\(name) & 0xff)"
      case .int64: return "typeof \(name) === \"bigint\" && BigInt.asIntN(64, \(name)) === \(name)"
      case .uint64: return "typeof \(name) === \"bigint\" && BigInt.asUintN(64, \(name)) === \(name)"
      }
    default: return nil
    }
  }
}
