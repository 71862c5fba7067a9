/// How TypeScript writes the types of values that cross.
struct TypeScriptTypes {
  /// Whether functions return promises.
  let isPage: Bool
  private let classes: Set<String>
  private let hasWideAddresses: Bool

  init(isPage: Bool, app: AppModules) {
    self.isPage = isPage
    hasWideAddresses = app.hasWideAddresses
    classes = Set(
      app.declarations.compactMap { declaration in
        if case .classType(let name, _, _, _) = declaration { name } else { nil }
      })
  }

  /// What the handles of a class are called.
  func handle(_ name: String) -> String { isPage ? "Page\(name)" : name }

  /// What a function takes. Arrays are copied, so that a plain one will do as well, unless Swift's changes must go back into it.
  func parameter(_ parameter: ExportedFunction.Parameter) -> String {
    parameter.isInout ? value(parameter.type) : argument(parameter.type)
  }

  private func argument(_ type: BridgedType) -> String {
    switch type {
    case .array(.number(let number)): "\(typedArray(number)) | readonly \(element(number).isBig ? "bigint" : "number")[]"
    case .array(let element): "readonly \(parenthesized(argument(element)))[]"
    case .dictionary(let element): "Readonly<Record<string, \(argument(element))>>"
    case .optional(let wrapped): "\(parenthesized(argument(wrapped), onlyFunctions: true)) | null | undefined"
    case .function(let parameters, let result):
      "(\(parameters.enumerated().map { "a\($0): \(value($1))" }.joined(separator: ", "))) => \(reply(result))"
    default: value(type)
    }
  }

  /// What a function of JavaScript's may return. On a page another thread waits, and promises are kept.
  private func reply(_ type: BridgedType) -> String {
    guard type != .void else { return isPage ? "void | Promise<void>" : "void" }
    let type = argument(type)
    return isPage ? "\(type) | Promise<\(type)>" : type
  }

  /// What a function returns.
  func result(_ type: BridgedType) -> String { isPage ? "Promise<\(value(type))>" : value(type) }

  /// A value that Swift has written.
  func value(_ type: BridgedType) -> String {
    switch type {
    case .void, .control: "void"
    case .bool: "boolean"
    case .string: "string"
    case .value: "unknown"
    case .sharedMemory: "SharedMemory"
    case .number(let number): number.isBig ? "bigint" : "number"
    case .array(.number(let number)): typedArray(number)
    case .array(let element): "\(parenthesized(value(element)))[]"
    case .dictionary(let element): "Record<string, \(value(element))>"
    case .optional(let wrapped): "\(value(wrapped)) | undefined"
    case .sharedBuffer(let number): "SharedBuffer<\(typedArray(number))>"
    case .tuple(let elements) where elements.allSatisfy { $0.label != nil }:
      "{ \(elements.map { "\($0.label ?? ""): \(value($0.type))" }.joined(separator: ", ")) }"
    case .tuple(let elements): "[\(elements.map { value($0.type) }.joined(separator: ", "))]"
    case .function: argument(type)
    case .named("JSError"): "{ name: string, message: string }"
    case .named(let name): classes.contains(name) ? handle(name) : name
    }
  }

  private func element(_ number: NumberType) -> NumberType { number.inMemory(hasWideAddresses: hasWideAddresses) }

  private func typedArray(_ number: NumberType) -> String { element(number).typedArray }

  /// The type of a property of a plain object, which is the same on a page and elsewhere.
  func field(_ type: BridgedType) -> String {
    switch type {
    case .named(let name) where classes.contains(name): "\(name) | Page\(name)"
    case .optional(let wrapped): "\(field(wrapped)) | undefined"
    case .array(.number): value(type)
    case .array(let element): "\(parenthesized(field(element)))[]"
    case .dictionary(let element): "Record<string, \(field(element))>"
    default: value(type)
    }
  }

  private func parenthesized(_ type: String, onlyFunctions: Bool = false) -> String {
    type.contains("=>") || (!onlyFunctions && type.contains(" | ")) || (!onlyFunctions && type.hasPrefix("readonly ")) ? "(\(type))" : type
  }
}
