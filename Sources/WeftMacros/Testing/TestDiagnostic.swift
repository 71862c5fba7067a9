import SwiftDiagnostics

/// Why a function cannot be a test on the web, and what to do about it.
enum TestDiagnostic: String, DiagnosticMessage {
  case notAFunction
  case isAsync
  case generic
  case inFunction
  case throwsOutsideSuite
  case awaits
  case noArguments

  var severity: DiagnosticSeverity { .error }
  var diagnosticID: MessageID { MessageID(domain: "Weft", id: "Test.\(rawValue)") }

  var message: String {
    switch self {
    case .notAFunction: "'@Test' is for functions"
    case .isAsync:
      "an 'async' test cannot run on the web, where Swift has no concurrency of the language; test what it calls without 'await', or put "
        + "it into '#if !arch(wasm32)'"
    case .generic: "a test cannot be generic"
    case .inFunction: "a test stands at the top level of a file or in a type, not in a function"
    case .throwsOutsideSuite:
      "a test that throws without saying what cannot run on the web unless the type around it carries '@Suite'; move it into one, or "
        + "write 'throws(E)'"
    case .awaits: "'await' cannot run on the web, where Swift has no concurrency of the language"
    case .noArguments: "a test with parameters needs 'arguments:'"
    }
  }
}
