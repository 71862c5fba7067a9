/// What a program of tests tells `weft test`: lines that begin with a sign that nobody prints.
///
/// A line is a kind and fields, with `\u{2}` between; a line end within a field is `\u{3}`. `TestEvent` of WeftDevelopment reads them.
enum Report {
  static func test(_ index: Int, _ test: _TestRecord) {
    let location = test.location
    var fields = [
      "\(index)", test.name, test.displayName ?? "", location.fileID, "\(location.line)", "\(location.column)",
      test.isParameterized ? "1" : "0", "\(test.timeLimit.map { $0.components.seconds } ?? 0)",
    ]
    if let reason = test.reasonToSkip { fields.append("\u{4}\(reason)") }
    for suite in test.suites { fields.append("\(suite.name)\u{5}\(suite.displayName ?? "")") }
    send("test", fields)
  }

  static func begin(case index: Int, _ arguments: [(name: String, value: String?)]) {
    send("case", ["\(index)"] + arguments.map { "\($0.name)\u{5}\($0.value ?? "")" })
  }

  static func issue(isKnown: Bool, text: String, comment: Comment?, at location: SourceLocation) {
    send("issue", [isKnown ? "1" : "0", location.fileID, "\(location.line)", "\(location.column)", text, comment?.rawValue ?? ""])
  }

  /// The test is about to stop its instance, and has said why.
  static func stop() { send("stop", []) }

  static func end(nanoseconds: UInt64, cases: Int, issues: Int, knownIssues: Int) {
    send("end", ["\(nanoseconds)", "\(cases)", "\(issues)", "\(knownIssues)"])
  }

  private static func send(_ kind: String, _ fields: [String]) {
    var line = "\u{1}\(kind)"
    for field in fields {
      line += "\u{2}"
      for scalar in field.unicodeScalars { line.unicodeScalars.append(scalar == "\n" ? "\u{3}" : scalar) }
    }
    print(line)
  }
}
