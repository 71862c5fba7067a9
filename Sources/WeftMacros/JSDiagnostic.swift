import SwiftDiagnostics

/// Why a declaration cannot carry `@JS`, and what to do about it.
enum JSDiagnostic: DiagnosticMessage {
  case notAFunction
  case notTopLevel
  case name(String)
  case generic
  case async
  case throwing
  case variadic
  case type(String)
  case sharedBufferResult
  case inoutOfOther(String)
  case inoutAndResult

  var severity: DiagnosticSeverity { .error }

  var diagnosticID: MessageID {
    // A case with a payload describes itself as "type("Foo")".
    MessageID(domain: "Weft", id: "JS.\(String(describing: self).prefix { $0 != "(" })")
  }

  var message: String {
    switch self {
    case .notAFunction:
      "'@JS' exports functions; move what JavaScript needs into a top-level function"
    case .notTopLevel:
      "'@JS' needs a function at the top level of a file; export one that calls this method or local function"
    case .name(let name):
      "'\(name)' is not a name in JavaScript; use letters, digits and '_' for a '@JS' function"
    case .generic:
      "a '@JS' function cannot be generic; export one function for each type that JavaScript needs"
    case .async:
      "a '@JS' function cannot be async; drop 'async': on a page every exported function returns a promise and never blocks"
    case .throwing:
      "a '@JS' function cannot throw; catch the error and return a value that tells of it, such as NaN, -1 or an empty array"
    case .variadic:
      "a '@JS' function cannot take a variable number of arguments; take an array"
    case .type(let spelling):
      """
      '\(spelling)' does not cross to JavaScript; write out one of \(BridgedSpelling.scalars.joined(separator: ", ")), \
      or [T] or SharedBuffer<T> of a number type T
      """
    case .sharedBufferResult:
      "a '@JS' function cannot return a SharedBuffer: JavaScript owns them; take the buffer to fill as a parameter, or return an array"
    case .inoutOfOther(let spelling):
      BridgedSpelling.isSharedBuffer(spelling)
        ? "a '@JS' function shares the elements of '\(spelling)' with JavaScript already; drop 'inout'"
        : "a '@JS' function can change arrays in place, but not '\(spelling)'; return the new value"
    case .inoutAndResult:
      "a '@JS' function with an 'inout' parameter cannot return a value as well; use one of the two"
    }
  }
}
