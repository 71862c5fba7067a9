/// A thread's name, as UTF-8 of at most 24 bytes; what is longer is cut.
///
/// Not a `String`, because compiling code that takes strings apart costs Embedded Swift a second in every module.
public struct ThreadName: Sendable {
  @usableFromInline var bytes: (UInt64, UInt64, UInt64) = (0, 0, 0)
  @usableFromInline var count = 0

  /// Makes a name of a text and, if one is given, a number behind it.
  @export(interface)
  public init(_ text: StaticString, number: Int? = nil) {
    for offset in 0..<text.utf8CodeUnitCount { append(text.utf8Start[offset]) }
    guard let number else { return }
    var digits: (UInt64, count: Int) = (0, 0)
    var rest = UInt64(number.magnitude)
    repeat {
      digits = (digits.0 << 8 | (48 + rest % 10), digits.count + 1)
      rest /= 10
    } while rest > 0 && digits.count < 8
    for index in 0..<digits.count { append(UInt8(truncatingIfNeeded: digits.0 >> UInt64(index * 8))) }
  }

  /// Makes a name of any text.
  // Generic, so that it is compiled only where it is used.
  @inlinable
  public init(_ text: some StringProtocol) {
    for byte in text.utf8 { append(byte) }
  }

  /// Calls `body` with the name's bytes.
  @inlinable
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeBytes(of: bytes) { body(UnsafeBufferPointer(rebasing: $0.assumingMemoryBound(to: UInt8.self)[..<count])) }
  }

  /// The name as a string.
  @_alwaysEmitIntoClient
  public var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  @usableFromInline
  mutating func append(_ byte: UInt8) {
    guard count < 24 else { return }
    withUnsafeMutableBytes(of: &bytes) { $0[count] = byte }
    count += 1
  }
}
