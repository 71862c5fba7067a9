// The comparisons that `#expect` and `#require` tell the sides of.

/// Compares with `==`.
public func _equal<T: Equatable & _TestDescribable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left == right, _describe(left), _describe(right))
}

/// Compares with `==`.
@_disfavoredOverload public func _equal<T: Equatable & CustomStringConvertible>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left == right, _describe(left), _describe(right))
}

/// Compares with `==`.
@_disfavoredOverload public func _equal<T: Equatable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left == right, nil, nil)
}

/// Compares integers of different types with `==`.
@_disfavoredOverload public func _equal<A: BinaryInteger, B: BinaryInteger>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left == right, left.description, right.description)
}

/// Compares texts of different types with `==`.
@_disfavoredOverload public func _equal<A: StringProtocol, B: StringProtocol>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left == right, String(left)._testDescription, String(right)._testDescription)
}

/// Compares with `!=`.
public func _unequal<T: Equatable & _TestDescribable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left != right, _describe(left), _describe(right))
}

/// Compares with `!=`.
@_disfavoredOverload public func _unequal<T: Equatable & CustomStringConvertible>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left != right, _describe(left), _describe(right))
}

/// Compares with `!=`.
@_disfavoredOverload public func _unequal<T: Equatable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left != right, nil, nil)
}

/// Compares integers of different types with `!=`.
@_disfavoredOverload public func _unequal<A: BinaryInteger, B: BinaryInteger>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left != right, left.description, right.description)
}

/// Compares texts of different types with `!=`.
@_disfavoredOverload public func _unequal<A: StringProtocol, B: StringProtocol>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left != right, String(left)._testDescription, String(right)._testDescription)
}

/// Compares with `<`.
public func _less<T: Comparable & _TestDescribable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left < right, _describe(left), _describe(right))
}

/// Compares with `<`.
@_disfavoredOverload public func _less<T: Comparable & CustomStringConvertible>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left < right, _describe(left), _describe(right))
}

/// Compares with `<`.
@_disfavoredOverload public func _less<T: Comparable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left < right, nil, nil)
}

/// Compares integers of different types with `<`.
@_disfavoredOverload public func _less<A: BinaryInteger, B: BinaryInteger>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left < right, left.description, right.description)
}

/// Compares texts of different types with `<`.
@_disfavoredOverload public func _less<A: StringProtocol, B: StringProtocol>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left < right, String(left)._testDescription, String(right)._testDescription)
}

/// Compares with `<=`.
public func _lessOrEqual<T: Comparable & _TestDescribable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left <= right, _describe(left), _describe(right))
}

/// Compares with `<=`.
@_disfavoredOverload public func _lessOrEqual<T: Comparable & CustomStringConvertible>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left <= right, _describe(left), _describe(right))
}

/// Compares with `<=`.
@_disfavoredOverload public func _lessOrEqual<T: Comparable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left <= right, nil, nil)
}

/// Compares integers of different types with `<=`.
@_disfavoredOverload public func _lessOrEqual<A: BinaryInteger, B: BinaryInteger>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left <= right, left.description, right.description)
}

/// Compares texts of different types with `<=`.
@_disfavoredOverload public func _lessOrEqual<A: StringProtocol, B: StringProtocol>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left <= right, String(left)._testDescription, String(right)._testDescription)
}

/// Compares with `>`.
public func _greater<T: Comparable & _TestDescribable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left > right, _describe(left), _describe(right))
}

/// Compares with `>`.
@_disfavoredOverload public func _greater<T: Comparable & CustomStringConvertible>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left > right, _describe(left), _describe(right))
}

/// Compares with `>`.
@_disfavoredOverload public func _greater<T: Comparable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left > right, nil, nil)
}

/// Compares integers of different types with `>`.
@_disfavoredOverload public func _greater<A: BinaryInteger, B: BinaryInteger>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left > right, left.description, right.description)
}

/// Compares texts of different types with `>`.
@_disfavoredOverload public func _greater<A: StringProtocol, B: StringProtocol>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left > right, String(left)._testDescription, String(right)._testDescription)
}

/// Compares with `>=`.
public func _greaterOrEqual<T: Comparable & _TestDescribable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left >= right, _describe(left), _describe(right))
}

/// Compares with `>=`.
@_disfavoredOverload public func _greaterOrEqual<T: Comparable & CustomStringConvertible>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left >= right, _describe(left), _describe(right))
}

/// Compares with `>=`.
@_disfavoredOverload public func _greaterOrEqual<T: Comparable>(_ left: T, _ right: T) -> _Comparison {
  _Comparison(left >= right, nil, nil)
}

/// Compares integers of different types with `>=`.
@_disfavoredOverload public func _greaterOrEqual<A: BinaryInteger, B: BinaryInteger>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left >= right, left.description, right.description)
}

/// Compares texts of different types with `>=`.
@_disfavoredOverload public func _greaterOrEqual<A: StringProtocol, B: StringProtocol>(_ left: A, _ right: B) -> _Comparison {
  _Comparison(left >= right, String(left)._testDescription, String(right)._testDescription)
}
