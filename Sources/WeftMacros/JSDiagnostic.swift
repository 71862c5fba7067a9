import SwiftDiagnostics

/// Why a declaration cannot carry `@JS`, and what to do about it.
enum JSDiagnostic: DiagnosticMessage {
  case declaration
  case member
  case notTopLevel
  case name(String)
  case generic
  case async
  case untypedThrows
  case errorType(String)
  case variadic
  case type(String)
  case missingType
  case sharedBufferResult
  case functionResult
  case inoutOfOther(String)
  case notFinal
  case constant(String)
  case tooManyCases
  case noMembers
  case setterEffects
  case failableInitializer
  case importBody
  case importType(String)
  case importThrows
  case importEffects
  case workerMessage

  var severity: DiagnosticSeverity { .error }

  var diagnosticID: MessageID {
    // A case with a payload describes itself as "type("Foo")".
    MessageID(domain: "Weft", id: "JS.\(String(describing: self).prefix { $0 != "(" })")
  }

  static let types = """
    Bool, String, \(BridgedType.numbers.joined(separator: ", ")), JSValue, JSSharedMemory, a '@JS' struct, enum or class, \
    T?, [T] or [String: T] of these, SharedBuffer<T> of a number type T, or a function of these
    """

  var message: String {
    switch self {
    case .declaration:
      "'@JS' exports functions, structs, enums and final classes"
    case .member:
      "'@JS' on a member exports functions, initializers and properties of a final class, and static ones of an enum without cases"
    case .notTopLevel:
      "'@JS' needs a declaration at the top level of a file, or a member of a '@JS' class or of a '@JS' enum without cases"
    case .name(let name):
      "'\(name)' is not a name in JavaScript; use letters, digits and '_' for a '@JS' declaration"
    case .generic:
      "a '@JS' declaration cannot be generic; export one for each type that JavaScript needs"
    case .async:
      "a '@JS' function cannot be async; drop 'async': on a page every exported function returns a promise and never blocks"
    case .untypedThrows:
      "a '@JS' function says what it throws: write 'throws(E)' with a '@JS' enum or struct 'E'"
    case .errorType(let spelling):
      "a '@JS' function throws a '@JS' enum or struct, not '\(spelling)'"
    case .variadic:
      "a '@JS' function cannot take a variable number of arguments; take an array"
    case .type(let spelling):
      "'\(spelling)' does not cross to JavaScript; write out one of \(Self.types)"
    case .missingType:
      "'@JS' needs the type of this property written out"
    case .sharedBufferResult:
      "a '@JS' function cannot return a SharedBuffer: JavaScript owns them; take the buffer to fill as a parameter, or return an array"
    case .functionResult:
      "a '@JS' function cannot return a function; return an object of a '@JS' class that has it as a method"
    case .inoutOfOther(let spelling):
      spelling.hasPrefix("SharedBuffer<")
        ? "a '@JS' function shares the elements of '\(spelling)' with JavaScript already; drop 'inout'"
        : "a '@JS' function can change arrays of numbers in place, but not '\(spelling)'; return the new value"
    case .notFinal:
      "a '@JS' class is final; add 'final'"
    case .constant(let name):
      "JavaScript's objects hold a value for '\(name)', which this constant could not take; drop the initial value, or make it 'static'"
    case .tooManyCases:
      "a '@JS' enum has at most 256 cases"
    case .noMembers:
      "nothing of this enum is exported: mark its static functions and properties with '@JS'"
    case .setterEffects:
      "a '@JS' property cannot throw; export functions that do"
    case .failableInitializer:
      "a '@JS' initializer cannot return nil; write 'throws(E)' to tell JavaScript why there is no object"
    case .importBody:
      "JavaScript has the body of this function; drop it, or drop what stands in parentheses behind '@JS' to export the function"
    case .importType(let spelling):
      "'\(spelling)' cannot be passed to a function of JavaScript or returned from it"
    case .importThrows:
      "a function of JavaScript throws 'JSError': write 'throws(JSError)'"
    case .workerMessage:
      "'@WorkerMessage' goes with '@JS' on a struct or an enum at the top level of a file"
    case .importEffects:
      "'@JS' with a source needs a top-level function without a body, '@JSVariable' a variable with a type and nothing else"
    }
  }
}
