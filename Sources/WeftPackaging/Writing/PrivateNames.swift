/// The private names of a script's classes, made short: nobody sees them from outside.
enum PrivateNames {
  /// The script with `#a`, `#b` and so on for its private names, in the order in which they come.
  ///
  /// Knows no strings: the runtime has none with a `#` before a letter.
  static func shortened(_ text: String) -> String {
    var short: [Substring: String] = [:]
    return text.replacing(/#([A-Za-z]\w*)/) { match in
      let name = short[match.1] ?? "#\(letters(short.count))"
      short[match.1] = name
      return name
    }
  }

  private static func letters(_ number: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number % 26)))
    return number < 26 ? letter : letters(number / 26 - 1) + letter
  }
}
