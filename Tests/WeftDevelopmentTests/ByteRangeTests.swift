import Testing

@testable import WeftDevelopment

@Suite struct ByteRangeTests {
  @Test(arguments: [
    ("bytes=0-0", ByteRange.part(0..<1)), ("bytes=2-5", .part(2..<6)), ("bytes=2-", .part(2..<10)), ("bytes=2-99", .part(2..<10)),
    ("bytes=-3", .part(7..<10)), ("bytes=-99", .part(0..<10)), ("bytes=10-", .unsatisfiable), ("bytes=10-12", .unsatisfiable),
    ("bytes=-0", .unsatisfiable), ("bytes=5-2", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole), ("bytes=0-1,3-4", .whole),
    ("lines=0-1", .whole), ("bytes=99999999999999999999-", .whole),
  ])
  func readsHeader(header: String, expected: ByteRange) {
    #expect(ByteRange(header: header, size: 10) == expected)
  }

  @Test func withoutHeaderOrBytes() {
    #expect(ByteRange(header: nil, size: 10) == .whole)
    #expect(ByteRange(header: "bytes=0-", size: 0) == .unsatisfiable)
    #expect(ByteRange(header: "bytes=-1", size: 0) == .unsatisfiable)
  }
}
