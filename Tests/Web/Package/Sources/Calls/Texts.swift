import Weft

/// Characters, UTF-8 bytes and scalars of `text`.
@JS func counts(_ text: String) -> [Int] { [text.count, text.utf8.count, text.unicodeScalars.count, text.utf16.count] }

/// `text` in upper case, in lower case, and backwards by characters.
@JS func cases(_ text: String) -> String { "\(text.uppercased())\n\(text.lowercased())\n\(String(text.reversed()))" }

/// Whether two texts are the same: by `==`, as keys of a dictionary, as elements of a set.
@JS func areSame(_ a: String, _ b: String) -> [UInt8] {
  [a == b ? 1 : 0, [a: 1][b] == 1 ? 1 : 0, Set([a, b]).count == 1 ? 1 : 0, a.hashValue == b.hashValue ? 1 : 0]
}

/// `x` as Swift writes it.
@JS func text(_ x: Double) -> String { "\(x)" }
@JS func textOfFloat(_ x: Float) -> String { "\(x)" }

/// The words of `text` in the order in which a set has them, which its seed decides.
@JS func wordsInSetOrder(_ text: String) -> String {
  Set(text.split(separator: " ").map(String.init)).joined(separator: " ")
}

/// How often each word occurs that occurs most, and how many different ones there are.
@JS func wordCounts(_ text: String) -> [Int] {
  var counts: [String: Int] = [:]
  for word in text.split(separator: " ") { counts[String(word), default: 0] += 1 }
  return [counts.values.max() ?? 0, counts.count]
}
