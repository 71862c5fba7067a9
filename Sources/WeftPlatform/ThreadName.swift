/// A thread's name, as UTF-8 of at most 24 bytes; what is longer is cut.
///
/// Not a `String`, because compiling code that takes strings apart costs Embedded Swift a second in every module.
public struct ThreadName: Sendable, ExpressibleByStringLiteral {
  @usableFromInline var bytes: (UInt64, UInt64, UInt64) = (0, 0, 0)
  /// 32 bits everywhere, because JavaScript reads it.
  @usableFromInline var count: Int32 = 0

  /// Makes a name of a text and, if one is given, a number behind it.
  @export(interface)
  public init(_ text: StaticString, number: Int? = nil) {
    for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
    if let number { append(digitsOf: number.magnitude) }
  }

  /// Makes a name of a text that is known to the compiler: `"decoder"`.
  @export(interface)
  public init(stringLiteral text: StaticString) { self.init(text) }

  /// Makes a name of any text.
  public init(_ text: some StringProtocol) {
    for byte in text.utf8 { append(byte) }
  }

  /// Adds a text and a number.
  @export(interface)
  public mutating func append(_ text: StaticString, number: Int) {
    for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
    append(digitsOf: number.magnitude)
  }

  private mutating func append(digitsOf number: UInt) {
    if number >= 10 { append(digitsOf: number / 10) }
    append(48 + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Calls `body` with the name's bytes.
  @inlinable
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeBytes(of: bytes) { body(UnsafeBufferPointer(rebasing: $0.assumingMemoryBound(to: UInt8.self)[..<Int(count)])) }
  }

  @export(interface)
  mutating func append(_ byte: UInt8) {
    guard count < 24 else { return }
    withUnsafeMutableBytes(of: &bytes) { $0[Int(count)] = byte }
    count += 1
  }
}
