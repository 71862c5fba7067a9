import SwiftSyntaxMacrosGenericTestSupport
import Testing

@Suite struct JSDiagnosticTests {
  private static func unknownType(_ type: String, column: Int) -> DiagnosticSpec {
    DiagnosticSpec(
      message: """
        '\(type)' does not cross to JavaScript; write out one of Bool, String, Int, Int8, Int16, Int32, Int64, UInt, UInt8, UInt16, \
        UInt32, UInt64, Float, Double, or [T] or SharedBuffer<T> of a number type T
        """,
      line: 2, column: column)
  }

  @Test func onlyFunctions() {
    expectRefusal(
      of: "struct Point {}",
      DiagnosticSpec(
        message: "'@JS' exports functions; move what JavaScript needs into a top-level function", line: 1, column: 1))
  }

  @Test func onlyAtTheTopLevel() {
    let message = "'@JS' needs a function at the top level of a file; export one that calls this method or local function"
    expectExpansion(
      of: "enum Space {\n  @JS static func f() {}\n}",
      to: "enum Space {\n  static func f() {}\n}",
      diagnostics: [DiagnosticSpec(message: message, line: 2, column: 3)])
    expectExpansion(
      of: "func outer() {\n  @JS func f() {}\n}",
      to: "func outer() {\n  func f() {}\n}",
      diagnostics: [DiagnosticSpec(message: message, line: 2, column: 3)])
  }

  @Test func names() {
    func refusal(_ name: String) -> DiagnosticSpec {
      DiagnosticSpec(
        message: "'\(name)' is not a name in JavaScript; use letters, digits and '_' for a '@JS' function", line: 2, column: 6)
    }
    expectRefusal(of: "func +++ (a: Int, b: Int) -> Int { a }", refusal("+++"))
    expectRefusal(of: "func 🦊() {}", refusal("🦊"))
    expectRefusal(of: "func `two words`() {}", refusal("two words"))
  }

  @Test func effectsAndGenerics() {
    expectRefusal(
      of: "func f<T>(x: Int) {}",
      DiagnosticSpec(
        message: "a '@JS' function cannot be generic; export one function for each type that JavaScript needs", line: 2, column: 7))
    expectRefusal(
      of: "func f() async throws(Oops) {}",
      DiagnosticSpec(
        message:
          "a '@JS' function cannot be async; drop 'async': on a page every exported function returns a promise and never blocks",
        line: 2, column: 10),
      DiagnosticSpec(
        message:
          "a '@JS' function cannot throw; catch the error and return a value that tells of it, such as NaN, -1 or an empty array",
        line: 2, column: 16))
  }

  @Test(arguments: [
    "Int?", "Optional<Int>", "Pixel", "(Int, Int)", "[Bool]", "[String]", "[[Int]]", "SharedBuffer<Bool>", "Dictionary<Int, Int>",
    "Array<Int, Int>", "some Collection", "any Shape", "Swift.Int", "(Int) -> Void", "@escaping () -> Void", "Void",
  ])
  func parameterTypes(_ type: String) {
    expectRefusal(of: "func f(_ x: \(type)) {}", Self.unknownType(type, column: 13))
  }

  @Test(arguments: ["Int?", "Pixel", "[Bool]", "(Int, Int)", "Never"])
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
        message: "a '@JS' function can change arrays in place, but not 'Int'; return the new value", line: 2, column: 13))
    expectRefusal(
      of: "func f(_ x: inout SharedBuffer<Int>) {}",
      DiagnosticSpec(
        message: "a '@JS' function shares the elements of 'SharedBuffer<Int>' with JavaScript already; drop 'inout'",
        line: 2, column: 13))
    expectRefusal(
      of: "func f(_ x: inout [Int], _ y: inout [Int]) -> Int { 0 }",
      DiagnosticSpec(
        message: "a '@JS' function with an 'inout' parameter cannot return a value as well; use one of the two",
        line: 2, column: 47))
  }

  @Test func everyProblemIsReported() {
    expectRefusal(
      of: "func f(_ x: Pixel, _ y: Int...) -> Pixel { x }",
      Self.unknownType("Pixel", column: 36),
      Self.unknownType("Pixel", column: 13),
      DiagnosticSpec(message: "a '@JS' function cannot take a variable number of arguments; take an array", line: 2, column: 28))
  }
}
