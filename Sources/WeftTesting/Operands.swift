// What the two sides of a comparison were. Whether they can be told depends on their type, which only overloads can see:
// Embedded Swift asks no value for its type at run time. The one that tells best is preferred, and the plain one comes last.

/// Values that are told in an own way.
public protocol _TestDescribable {
  /// The value as it would stand in a program.
  var _testDescription: String { get }
}

/// The result of a comparison. The sides are described only if it failed.
public struct _Comparison {
  let holds: Bool
  let left: String?
  let right: String?

  @inline(always)
  init(_ holds: Bool, _ left: @autoclosure () -> String?, _ right: @autoclosure () -> String?) {
    self.holds = holds
    self.left = holds ? nil : left()
    self.right = holds ? nil : right()
  }
}

/// A value in words, if it can be told.
public func _describe<T: _TestDescribable>(_ value: T) -> String? { value._testDescription }
/// A value in words, if it can be told.
@_disfavoredOverload public func _describe<T: CustomStringConvertible>(_ value: T) -> String? { value.description }
/// A value in words, if it can be told.
@_disfavoredOverload public func _describe<T>(_ value: T) -> String? { nil }

extension String: _TestDescribable {
  public var _testDescription: String { "\"\(self)\"" }
}

extension Substring: _TestDescribable {
  public var _testDescription: String { String(self)._testDescription }
}

// Preferred as well, as integers may also be compared with those of other types.
extension FixedWidthInteger {
  /// The value as it would stand in a program.
  public var _testDescription: String { description }
}
extension Int: _TestDescribable {}
extension Int8: _TestDescribable {}
extension Int16: _TestDescribable {}
extension Int32: _TestDescribable {}
extension Int64: _TestDescribable {}
extension UInt: _TestDescribable {}
extension UInt8: _TestDescribable {}
extension UInt16: _TestDescribable {}
extension UInt32: _TestDescribable {}
extension UInt64: _TestDescribable {}

extension Optional: _TestDescribable where Wrapped: CustomStringConvertible {
  public var _testDescription: String {
    guard let value = self else { return "nil" }
    return value.description
  }
}

extension Array: _TestDescribable where Element: CustomStringConvertible {
  public var _testDescription: String {
    var text = "["
    for (index, element) in enumerated() {
      if index == 50 { return "\(text), … \(count) elements]" }
      text += index == 0 ? element.description : ", \(element.description)"
    }
    return text + "]"
  }
}
