import Testing
import Weft

@testable import Sums

@Suite("Broken things") struct BrokenTests {
  @Test func comparesWrongly() {
    let four = 4
    #expect(squares([1, 2]) == four, "five is not four")
    #expect([1, 2].first == 3)
    #expect("a" + "b" != "ab")
  }

  @Test func throwsUnexpectedly() throws {
    _ = try root(-7)
  }

  @Test func requiresInVain() throws {
    let nothing: Int? = nil
    let value = try #require(nothing)
    Issue.record("never reached: \(value)")
  }

  @Test(arguments: [1, 2, 3]) func traps(number: Int) {
    if number == 2 { fatalError("two is too much") }
  }

  @Test func hangs() {
    var number = 1
    while number != 0 { number = number &* 3 | 1 }
    #expect(number == 0)
  }

  @Test func recordsFromAnotherThread() {
    if Thread.canSpawn { Thread.spawn { Issue.record("elsewhere") }.join() } else { Issue.record("elsewhere") }
  }

  @Test func doesNotThrow() { #expect(throws: Refusal.self) { try root(1) } }

  @Test func isKnownToFail() {
    withKnownIssue("as ever") { #expect(squares([1]) == 2) }
  }

  @Test func passes() { #expect(squares([3]) == 9) }
}
