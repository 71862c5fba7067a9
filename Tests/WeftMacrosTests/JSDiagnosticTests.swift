import SwiftSyntaxMacrosGenericTestSupport
import Testing

@Suite struct JSDiagnosticTests {
  private static func unknownType(_ type: String, line: Int = 2, column: Int) -> DiagnosticSpec {
    DiagnosticSpec(
      message: """
        '\(type)' does not cross to JavaScript; write out one of Bool, String, Int, Int8, Int16, Int32, Int64, UInt, UInt8, UInt16, \
        UInt32, UInt64, Float, Double, JSValue, JSSharedMemory, a '@JS' struct, enum or class, T?, [T] or [String: T] of these, \
        SharedBuffer<T> of a number type T, or a function of these
        """,
      line: line, column: column)
  }

  @Test func onlyWhatCanBeExported() {
    expectRefusal(
      of: "protocol Point {}",
      DiagnosticSpec(message: "'@JS' exports functions, structs, enums and final classes", line: 1, column: 1))
    expectRefusal(
      of: "var x = 1", DiagnosticSpec(message: "'@JS' exports functions, structs, enums and final classes", line: 1, column: 1))
  }

  @Test func onlyAtTheTopLevel() {
    let message =
      "'@JS' needs a declaration at the top level of a file, or a member of a '@JS' class or of a '@JS' enum without cases"
    for outer in ["enum Space", "func outer()", "extension Point"] {
      expectExpansion(
        of: "\(outer) {\n  @JS static func f() {}\n}",
        to: "\(outer) {\n  static func f() {}\n}",
        diagnostics: [DiagnosticSpec(message: message, line: 2, column: 3)])
    }
  }

  @Test func types() {
    expectRefusal(
      of: "class Thing {}", DiagnosticSpec(message: "a '@JS' class is final; add 'final'", line: 2, column: 1))
    expectRefusal(
      of: "struct Pair<T> {}",
      DiagnosticSpec(
        message: "a '@JS' declaration cannot be generic; export one for each type that JavaScript needs", line: 2, column: 12))
    expectRefusal(
      of: "struct Point {\n  var x = 1\n}",
      DiagnosticSpec(message: "'@JS' needs the type of this property written out", line: 3, column: 7))
    expectRefusal(
      of: "struct Point {\n  let x: Int = 1\n}",
      DiagnosticSpec(
        message:
          "JavaScript's objects hold a value for 'x', which this constant could not take; drop the initial value, or make it 'static'",
        line: 3, column: 7))
    expectRefusal(
      of: "struct Point {\n  var f: (Int) -> Void\n}", Self.unknownType("(Int) -> Void", line: 3, column: 10))
    expectRefusal(
      of: "enum Space {}",
      DiagnosticSpec(
        message: "nothing of this enum is exported: mark its static functions and properties with '@JS'", line: 2, column: 6))
  }

  @Test func names() {
    func refusal(_ name: String) -> DiagnosticSpec {
      DiagnosticSpec(
        message: "'\(name)' is not a name in JavaScript; use letters, digits and '_' for a '@JS' declaration", line: 2, column: 6)
    }
    expectRefusal(of: "func +++ (a: Int, b: Int) -> Int { a }", refusal("+++"))
    expectRefusal(of: "func 🦊() {}", refusal("🦊"))
    expectRefusal(of: "func `two words`() {}", refusal("two words"))
  }

  @Test func effectsAndGenerics() {
    expectRefusal(
      of: "func f<T>(x: Int) {}",
      DiagnosticSpec(
        message: "a '@JS' declaration cannot be generic; export one for each type that JavaScript needs", line: 2, column: 7))
    expectRefusal(
      of: "func f() async throws {}",
      DiagnosticSpec(
        message:
          "a '@JS' function cannot be async; drop 'async': on a page every exported function returns a promise and never blocks",
        line: 2, column: 10),
      DiagnosticSpec(
        message: "a '@JS' function says what it throws: write 'throws(E)' with a '@JS' enum or struct 'E'", line: 2, column: 16))
  }

  @Test(arguments: [
    "Int??", "(Int, Int)", "[(Int, Int)]", "[() -> Void]", "SharedBuffer<Bool>", "Dictionary<Int, Int>", "[Int: String]",
    "Array<Int, Int>", "some Collection", "any Shape", "Swift.Int", "(Int) async -> Void", "(Int) throws -> Void", "Void", "Any",
    "Character",
    "(inout Int) -> Void", "[SharedBuffer<Int>]", "(() -> Void) -> Void", "[Cancellation]",
  ])
  func parameterTypes(_ type: String) {
    expectRefusal(of: "func f(_ x: \(type)) {}", Self.unknownType(type, column: 13))
  }

  @Test(arguments: ["Never", "(a: Int, Int)", "some Sequence", "[Int: Int]"])
  func resultTypes(_ type: String) {
    expectRefusal(of: "func f() -> \(type) {}", Self.unknownType(type, column: 13))
  }

  @Test func sharedBuffersAreNotReturned() {
    expectRefusal(
      of: "func f(_ x: SharedBuffer<Int>) -> SharedBuffer<Int> { x }",
      DiagnosticSpec(
        message:
          "a '@JS' function cannot return a SharedBuffer: JavaScript owns them; take the buffer to fill as a parameter, or return an array",
        line: 2, column: 35))
  }

  @Test func variadics() {
    expectRefusal(
      of: "func f(_ x: Int...) {}",
      DiagnosticSpec(message: "a '@JS' function cannot take a variable number of arguments; take an array", line: 2, column: 16))
  }

  @Test func inoutParameters() {
    expectRefusal(
      of: "func f(_ x: inout Int) {}",
      DiagnosticSpec(
        message: "a '@JS' function can change arrays of numbers in place, but not 'Int'; return the new value", line: 2, column: 13))
    expectRefusal(
      of: "func f(_ x: inout SharedBuffer<Int>) {}",
      DiagnosticSpec(
        message: "a '@JS' function shares the elements of 'SharedBuffer<Int>' with JavaScript already; drop 'inout'",
        line: 2, column: 13))
  }

  @Test func functionsAreNotReturned() {
    expectRefusal(
      of: "func f() -> () -> Void {}",
      DiagnosticSpec(
        message: "a '@JS' function cannot return a function; return an object of a '@JS' class that has it as a method", line: 2, column: 13
      ))
  }

  @Test func everyProblemIsReported() {
    expectRefusal(
      of: "func f(_ x: X.Yz, _ y: Int...) -> X.Yz { x }",
      Self.unknownType("X.Yz", column: 35),
      Self.unknownType("X.Yz", column: 13),
      DiagnosticSpec(message: "a '@JS' function cannot take a variable number of arguments; take an array", line: 2, column: 27))
  }
}
