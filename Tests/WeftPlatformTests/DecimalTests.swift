import CWeftPlatform
import Testing

/// Against the system's own way from text to number, which natively is what the standard library uses.
@Suite struct DecimalTests {
  private func check(_ text: String) {
    var double = -1.0
    let end = text.withCString { start in weft_parse_double(start, &double).map { $0 - start } }
    // The standard library takes the whole text or nothing.
    let parsed = end == text.utf8.count ? double : nil
    #expect(parsed?.bitPattern == Double(text)?.bitPattern || (parsed?.isNaN == true && Double(text)?.isNaN == true), "\(text)")
    var float: Float = -1
    let floatEnd = text.withCString { start in weft_parse_float(start, &float).map { $0 - start } }
    let parsedFloat = floatEnd == text.utf8.count ? float : nil
    #expect(parsedFloat?.bitPattern == Float(text)?.bitPattern || (parsedFloat?.isNaN == true && Float(text)?.isNaN == true), "\(text)")
  }

  @Test func formsAndLimits() {
    for text in [
      "0", "-0", "1.5", "+1.5", ".5", "5.", ".", "", "-", "1e", "1e+", "1e5", "1E-5", "x", "1x", "0x1.8p3", "0X1P-1074", "0x1p-1075",
      "0x1.8p-1075", "0x1.fffffffffffff8p1023", "inf", "-Infinity", "infinit", "nan", "NaN", "nan(12)", "nan(", "1e400", "-1e400",
      "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1.7976931348623159e308",
      "9007199254740993", "18446744073709551616", "1e23", "8.5e22", "7e-46", "7.1e-46", "3.4028235677973366e38",
      "3.4028235677973365e38", "1e99999999999", "1e-99999999999", "0e99999999999", "0000000000000000000000000000000001",
    ] { check(text) }
  }

  @Test func randomNumbers() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      check("\(Double(bitPattern: generator.next()))")
      check("\(generator.next() as UInt64)\(generator.next() as UInt64).\(generator.next() as UInt64)e\(Int.random(in: -380...320))")
    }
  }

  /// Texts that lie in the middle between two numbers, and just above and below it.
  @Test func ties() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5000 {
      let low = Float(bitPattern: UInt32.random(in: 0..<0x7f7f_ffff, using: &generator))
      let middle = (Double(low) + Double(low.nextUp)) / 2
      // Exactly, since a float's last bit is within a double's precision.
      for text in ["\(middle)", "\(middle.nextUp)", "\(middle.nextDown)"] { check(text) }
    }
    // 2^53 + 1 with digits behind it, further than anybody keeps.
    let zeros = String(repeating: "0", count: 900)
    for text in ["9007199254740993.\(zeros)", "9007199254740993.\(zeros)1", "9007199254740992.\(zeros)9"] { check(text) }
  }
}
