/// The names that JavaScript accepts without quotes. Swift allows more: emoji, and anything between backticks.
enum JSIdentifier {
  static func isValid(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first == "_" || first.properties.isIDStart else { return false }
    return name.unicodeScalars.dropFirst().allSatisfy(\.properties.isIDContinue)
  }
}
