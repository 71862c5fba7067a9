// The comparisons that `#expect` and `#require` tell the sides of, by an operator. Overloads, because Embedded Swift sees only so whether
// the sides can be told, and may be of different types.

/// Compares two values.
public func _compare<T: _TestDescribable>(_ left: T, _ right: T, _ holds: (T, T) -> Bool) -> _Comparison {
  _Comparison(holds(left, right), _describe(left), _describe(right))
}

/// Compares two values.
@_disfavoredOverload public func _compare<T: CustomStringConvertible>(_ left: T, _ right: T, _ holds: (T, T) -> Bool) -> _Comparison {
  _Comparison(holds(left, right), _describe(left), _describe(right))
}

/// Compares two values that cannot be told.
@_disfavoredOverload public func _compare<T>(_ left: T, _ right: T, _ holds: (T, T) -> Bool) -> _Comparison {
  _Comparison(holds(left, right), nil, nil)
}

/// Compares integers of different types.
@_disfavoredOverload public func _compare<A: BinaryInteger, B: BinaryInteger>(
  _ left: A, _ right: B, _ holds: (A, B) -> Bool
) -> _Comparison {
  _Comparison(holds(left, right), left.description, right.description)
}

/// Compares texts of different types.
@_disfavoredOverload public func _compare<A: StringProtocol, B: StringProtocol>(
  _ left: A, _ right: B, _ holds: (A, B) -> Bool
) -> _Comparison {
  _Comparison(holds(left, right), String(left)._testDescription, String(right)._testDescription)
}
