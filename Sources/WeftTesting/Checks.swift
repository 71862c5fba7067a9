import WeftPlatform

// What `#expect` and `#require` become.

/// Does nothing with a value, which may be none.
public func _discard<T: ~Copyable>(_ value: consuming T) {}

/// A condition.
public func _expect(_ holds: Bool, _ source: String, _ comment: @autoclosure () -> Comment?, _ location: @autoclosure () -> SourceLocation)
{
  if !holds { Issue.report("Expectation failed: \(source)", comment(), location()) }
}

/// A comparison, with the sources of its sides; nil for one that need not be told.
public func _expect(
  _ comparison: _Comparison, _ left: String, _ sign: String, _ right: String, _ comment: @autoclosure () -> Comment?,
  _ location: @autoclosure () -> SourceLocation
) {
  if !comparison.holds { Issue.report("Expectation failed: \(told(comparison, left, sign, right))", comment(), location()) }
}

/// A condition without which the test cannot go on.
public func _require(_ holds: Bool, _ source: String, _ comment: @autoclosure () -> Comment?, _ location: @autoclosure () -> SourceLocation)
{
  if !holds { stop("Expectation failed: \(source)", comment(), location()) }
}

/// A comparison without which the test cannot go on.
public func _require(
  _ comparison: _Comparison, _ left: String, _ sign: String, _ right: String, _ comment: @autoclosure () -> Comment?,
  _ location: @autoclosure () -> SourceLocation
) {
  if !comparison.holds { stop("Expectation failed: \(told(comparison, left, sign, right))", comment(), location()) }
}

/// A value without which the test cannot go on.
public func _requireValue<T>(
  _ value: T?, _ source: String, _ comment: @autoclosure () -> Comment?, _ location: @autoclosure () -> SourceLocation
) -> T {
  guard let value else { stop("Expectation failed: \(source) → nil", comment(), location()) }
  return value
}

/// Nothing was thrown where something should have been.
public func _expectThrown(_ expected: String, _ comment: @autoclosure () -> Comment?, _ location: @autoclosure () -> SourceLocation) {
  Issue.report("Expectation failed: an error was expected but none was thrown: \(expected)", comment(), location())
}

/// Something was thrown, and whether it is what should have been.
public func _expectThrown<E: Error & Equatable>(
  _ error: E, _ expected: E, _ told: String?, _ source: String, _ comment: @autoclosure () -> Comment?,
  _ location: @autoclosure () -> SourceLocation
) {
  if error == expected { return }
  let thrown = told.map { "\"\($0)\"" } ?? "another one"
  Issue.report("Expectation failed: expected error \(source), but \(thrown) was thrown instead", comment(), location())
}

/// Stops the test by stopping its instance: a function that throws errors of another type could not throw this one too.
private func stop(_ text: String, _ comment: Comment?, _ location: SourceLocation) -> Never {
  Issue.report(text, comment, location)
  Report.stop()
  fail("A requirement of a test does not hold")
}

private func told(_ comparison: _Comparison, _ left: String, _ sign: String, _ right: String) -> String {
  "\(told(left, comparison.left)) \(sign) \(told(right, comparison.right))"
}

private func told(_ source: String, _ value: String?) -> String {
  // A literal is its own value.
  guard let value, value != source else { return source }
  return "(\(source) → \(value))"
}
