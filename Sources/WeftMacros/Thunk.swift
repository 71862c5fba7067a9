/// The code between JavaScript and one exported function: it takes the address of a call's frame, reads the arguments that stand
/// there, calls the function, and leaves the result in the frame. See README.md of WeftJS.
struct Thunk: Sendable {
  let signature: JSSignature
  /// What is called, as it stands before the parentheses; for a property, what is read or set.
  let callee: String
  /// The class whose object comes first among the arguments.
  var receiver: String?
  var form: Form = .call

  enum Form: Sendable {
    case call
    case get
    case set
  }

  /// Lets go of the object that its frame holds.
  static let release = Thunk(signature: JSSignature(getterOf: "release", type: .void), callee: "_releaseObject(__weft_frame)", form: .get)

  /// An expression of the type `@convention(c) (UnsafeMutableRawPointer) -> Void`.
  var closure: [String] {
    let reads = !signature.parameters.isEmpty || receiver != nil
    let writes = !signature.result.isVoid || signature.hasInout || signature.error != nil
    var lines = [reads || writes || callee.contains("__weft_frame") ? "{ __weft_frame in" : "{ _ in"]
    if reads { lines.append("  var __weft_reader = _JSReader(__weft_frame)") }
    if let receiver { lines.append("  let __weft_self = __weft_reader.read(__weft_codec_\(receiver).self)") }
    for (index, parameter) in signature.parameters.enumerated() { lines += reading(parameter, as: "__weft_\(index)").map { "  " + $0 } }
    lines += calling.map { "  " + $0 }
    return lines + ["}"]
  }

  private var calling: [String] {
    let isScalar = signature.result.isScalar && !signature.hasInout && signature.error == nil
    if isScalar { return ["_JSWriter.store(\(expression), in: __weft_frame)"] }
    if signature.result.isVoid && !signature.hasInout && signature.error == nil { return [expression] }
    var lines = ["var __weft_writer = _JSWriter()"]
    let call = signature.error == nil ? expression : "try \(expression)"
    var success = signature.result.isVoid ? [call] : ["let __weft_result = \(call)"]
    if signature.error != nil { success.append("__weft_writer.store(UInt8(0))") }
    success += writing(signature.result, "__weft_result")
    if let error = signature.error {
      lines.append("do throws(\(error)) {")
      lines += success.map { "  " + $0 }
      lines += [
        "} catch {", "  __weft_writer.store(UInt8(1))", "  __weft_writer.write(\(BridgedType.named(error).codec).self, error)", "}",
      ]
    } else {
      lines += success
    }
    for (index, parameter) in signature.parameters.enumerated() where parameter.isInout {
      lines.append("__weft_writer.write(\(parameter.type.codec).self, __weft_\(index))")
    }
    return lines + ["__weft_writer.finish(__weft_frame)"]
  }

  private var expression: String {
    switch form {
    case .get: return callee
    case .set: return "\(callee) = __weft_0"
    case .call:
      let arguments = signature.parameters.enumerated().map { index, parameter in
        "\(parameter.label.map { "\($0): " } ?? "")\(parameter.isInout ? "&" : "")__weft_\(index)"
      }
      return "\(callee)(\(arguments.joined(separator: ", ")))"
    }
  }

  private func writing(_ type: BridgedType, _ name: String) -> [String] {
    guard case .tuple(let elements) = type else { return ["__weft_writer.write(\(type.codec).self, \(name))"] }
    return elements.enumerated().map { "__weft_writer.write(\($1.type.codec).self, \(name).\($0))" }
  }

  private func reading(_ parameter: JSSignature.Parameter, as name: String) -> [String] {
    let type = parameter.type.spelling
    switch parameter.type {
    case .function(let function):
      return ["let \(name): @Sendable \(type) = " + Self.closure(calling: function)]
    case .optional(.function(let function)):
      let wrapped = BridgedType.function(function).spelling
      return ["let \(name): (@Sendable \(wrapped))? = !__weft_reader.flag() ? nil : " + Self.closure(calling: function)]
    default:
      let introducer = parameter.isInout ? "var" : "let"
      let read = "__weft_reader.read(\(parameter.type.codec).self)"
      guard let value = parameter.defaultValue else { return ["\(introducer) \(name) = \(read)"] }
      return ["\(introducer) \(name): \(type) = __weft_reader.flag() ? \(read) : \(value)"]
    }
  }

  /// An expression that makes a Swift function of the one of JavaScript that the reader is at.
  private static func closure(calling function: BridgedType.Function) -> String {
    let names = function.parameters.indices.map { "__weft_argument\($0)" }
    let types = zip(names, function.parameters).map { "\($0): \($1.spelling)" }.joined(separator: ", ")
    let effect = function.canThrow ? " throws(JSError)" : ""
    let writes = zip(names, function.parameters).map { "__weft_call.write(\($1.codec).self, \($0)); " }.joined()
    let result = function.result.isVoid ? "" : "\(function.result.codec).self"
    let perform = function.canThrow ? "try __weft_call.tryPerform(\(result))" : "__weft_call.perform(\(result))"
    return """
      { (__weft_function: JSValue) in { @Sendable (\(types))\(effect) -> \(function.result.spelling) in \
      var __weft_call = _JSCall(__weft_function); \(writes)return \(perform) } }(__weft_reader.read(JSValue.self))
      """
  }
}
