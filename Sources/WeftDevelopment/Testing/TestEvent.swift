import Foundation

/// A place in a source file, as a test's program tells it.
struct TestPlace: Equatable, Sendable {
  let fileID: String
  let line: Int
  let column: Int

  /// `Name.swift:12:5`.
  var text: String { "\(fileID.split(separator: "/").last ?? ""):\(line):\(column)" }
  var module: String { String(fileID.prefix { $0 != "/" }) }
}

/// What a program of tests, or the JavaScript that runs it, tells in one line. `Report` of the web's Testing module writes them.
enum TestEvent: Equatable, Sendable {
  case test(TestDescription)
  case beginCase(Int, arguments: [TestArgument])
  case issue(TestIssue)
  /// The instance is about to stop, and an issue has said why.
  case stop
  case end(nanoseconds: UInt64, cases: Int, issues: Int, knownIssues: Int)
  /// A command has been carried out.
  case idle
  /// Swift stopped.
  case trap(message: String, stack: String)
  /// What the program printed.
  case output(String)

  /// Reads a line.
  init(line: String) {
    guard let mark = line.firstIndex(of: "\u{1}"), let event = Self.parse(line[line.index(after: mark)...]) else {
      self = .output(line)
      return
    }
    self = event
  }

  private static func parse(_ text: Substring) -> TestEvent? {
    var fields = text.split(separator: "\u{2}", omittingEmptySubsequences: false)
      .map { $0.replacingOccurrences(of: "\u{3}", with: "\n") }
    let kind = fields.removeFirst()
    func number(_ index: Int) -> Int { Int(fields[index]) ?? 0 }
    switch (kind, fields.count) {
    case ("test", 8...): return .test(TestDescription(fields))
    case ("case", 1...): return .beginCase(number(0), arguments: fields.dropFirst().map { TestArgument(pair($0)) })
    case ("issue", 6):
      let place = TestPlace(fileID: fields[1], line: number(2), column: number(3))
      return .issue(TestIssue(isKnown: fields[0] == "1", place: place, text: fields[4], comment: fields[5]))
    case ("stop", _): return .stop
    case ("end", 4): return .end(nanoseconds: UInt64(fields[0]) ?? 0, cases: number(1), issues: number(2), knownIssues: number(3))
    case ("idle", _): return .idle
    case ("trap", 2): return .trap(message: fields[0], stack: fields[1])
    default: return nil
    }
  }

  fileprivate static func pair(_ text: String) -> (String, String) {
    let parts = text.split(separator: "\u{5}", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : "")
  }
}

/// An argument of a test with parameters.
struct TestArgument: Equatable, Sendable {
  let name: String
  /// Empty if it cannot be told.
  let value: String

  init(_ pair: (String, String)) { (name, value) = pair }
}

/// Something that went wrong.
struct TestIssue: Equatable, Sendable {
  let isKnown: Bool
  let place: TestPlace?
  let text: String
  let comment: String
}

/// A test as its program describes it.
struct TestDescription: Equatable, Sendable {
  struct Suite: Hashable, Sendable {
    let name: String
    let displayName: String
    /// As people see it.
    var title: String { displayName.isEmpty ? name : "\"\(displayName)\"" }
  }

  let index: Int
  let name: String
  let displayName: String
  let place: TestPlace
  let isParameterized: Bool
  /// For each case, in seconds; 0 for none.
  let timeLimit: Int
  /// Why it is not run; empty for no reason told.
  let skipReason: String?
  /// The outermost first.
  let suites: [Suite]

  fileprivate init(_ fields: [String]) {
    index = Int(fields[0]) ?? 0
    name = fields[1]
    displayName = fields[2]
    place = TestPlace(fileID: fields[3], line: Int(fields[4]) ?? 0, column: Int(fields[5]) ?? 0)
    isParameterized = fields[6] == "1"
    timeLimit = Int(fields[7]) ?? 0
    var rest = fields[8...]
    if let first = rest.first, first.hasPrefix("\u{4}") {
      skipReason = String(first.dropFirst())
      rest = rest.dropFirst()
    } else {
      skipReason = nil
    }
    suites = rest.map(TestEvent.pair).map { Suite(name: $0.0, displayName: $0.1) }
  }

  /// What `--filter` looks at: `Module.Suite/name()`.
  var identifier: String { "\(place.module).\((suites.map(\.name) + [name]).joined(separator: "/"))" }

  /// As people see it.
  var title: String { displayName.isEmpty ? name : "\"\(displayName)\"" }
}
