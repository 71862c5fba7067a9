import Testing
import Weft

@testable import Sums

@Test func atTheTopLevel() {
  #expect(squares([1, 2, 3]) == 14)
}

@Suite struct SumsTests {
  private let values = Array(0..<1000)

  @Test func sumsOnAllThreads() {
    #expect(squares(values) == values.map { $0 * $0 }.reduce(0, +))
    #expect(values.parallel.max() == 999)
    #expect(!values.isEmpty, "there are values")
  }

  @Test("a name for people") func named() { #expect(squares([]) == 0) }

  @Test(arguments: [0, 1, 4, 9]) func rootsOfSquares(number: Int) throws {
    let found = try root(number)
    #expect(found * found == number)
  }

  @Test(arguments: zip([1, 2, 3], [1, 4, 9])) func pairs(_ value: Int, square: Int) { #expect(squares([value]) == square) }

  @Test(arguments: [1, 2], ["a", "b"]) func products(number: Int, text: String) {
    #expect(String(repeating: text, count: number).count == number)
  }

  @Test func throwsWhatItSays() throws(Refusal) { #expect(try root(16) == 4) }

  @Test func errorsAreExpected() {
    #expect(throws: Refusal.negative(-1)) { try root(-1) }
    let error = #expect(throws: Refusal.self) { try root(-2) }
    #expect(error == .negative(-2))
  }

  @Test func requires() throws {
    let first = try #require(values.first)
    #expect(first == 0)
    try #require(values.count == 1000)
  }

  @Test(.disabled("not yet")) func skipped() { Issue.record("never run") }

  @Test(.enabled(if: Thread.canSpawn), .timeLimit(.minutes(1))) func threads() {
    #expect((0..<4).map { index in Thread.spawn { index } }.map { $0.join() } == [0, 1, 2, 3])
  }

  @Suite(.serialized) struct Nested {
    @Test func inside() { #expect(squares([2]) > 3) }
  }
}
