/// Declares a test: a function of a file or of a type. It takes no arguments, or those of `arguments`.
///
/// On the web a test cannot be `async`. It may throw errors of one type.
@attached(peer) public macro Test(_ traits: Trait...) = #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test with a name for people.
@attached(peer) public macro Test(_ displayName: String, _ traits: Trait...) = #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test that is run with each element of a collection. If it has several parameters, the elements are tuples of them.
@attached(peer) public macro Test<C: Collection>(_ traits: Trait..., arguments collection: C) =
  #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test with a name for people, which is run with each element of a collection. If it has several parameters, the elements are tuples of them.
@attached(peer) public macro Test<C: Collection>(_ displayName: String, _ traits: Trait..., arguments collection: C) =
  #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test that is run with each pair of elements of two collections.
@attached(peer) public macro Test<C1: Collection, C2: Collection>(_ traits: Trait..., arguments collection1: C1, _ collection2: C2) =
  #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test with a name for people, which is run with each pair of elements of two collections.
@attached(peer) public macro Test<C1: Collection, C2: Collection>(
  _ displayName: String, _ traits: Trait..., arguments collection1: C1, _ collection2: C2
) =
  #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test that is run with the pairs of two sequences.
@attached(peer) public macro Test<C1: Collection, C2: Collection>(_ traits: Trait..., arguments zippedCollections: Zip2Sequence<C1, C2>) =
  #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Declares a test with a name for people, which is run with the pairs of two sequences.
@attached(peer) public macro Test<C1: Collection, C2: Collection>(
  _ displayName: String, _ traits: Trait..., arguments zippedCollections: Zip2Sequence<C1, C2>
) =
  #externalMacro(module: "WeftMacros", type: "TestMacro")

/// Says more of a type that has tests: traits of them all.
@attached(peer) @attached(memberAttribute) public macro Suite(_ traits: Trait...) = #externalMacro(module: "WeftMacros", type: "SuiteMacro")

/// Says more of a type that has tests: a name for people, and traits of them all.
@attached(peer) @attached(memberAttribute) public macro Suite(_ displayName: String, _ traits: Trait...) =
  #externalMacro(module: "WeftMacros", type: "SuiteMacro")

/// Takes a function's body away; `@Suite` adds it to tests of which `@Test` makes a copy.
@attached(body) public macro _Emptied() = #externalMacro(module: "WeftMacros", type: "EmptiedMacro")

/// Declares a tag, as a static variable of `Tag`.
@attached(accessor) public macro Tag() = #externalMacro(module: "WeftMacros", type: "TagMacro")

/// Checks that a condition holds; the test fails if not, and goes on.
@freestanding(expression) public macro expect(
  _ condition: Bool, _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) = #externalMacro(module: "WeftMacros", type: "ExpectMacro")

/// Checks that an error of a type is thrown. The closure throws errors of this type alone.
@discardableResult
@freestanding(expression) public macro expect<E: Error, R, F: Error>(
  throws errorType: E.Type, _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  performing expression: () throws(F) -> R
) -> E? = #externalMacro(module: "WeftMacros", type: "ExpectThrowsMacro")

/// Checks that an error is thrown that equals another. The closure throws errors of this type alone.
@discardableResult
@freestanding(expression) public macro expect<E: Error & Equatable, R, F: Error>(
  throws error: E, _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  performing expression: () throws(F) -> R
) -> E? = #externalMacro(module: "WeftMacros", type: "ExpectThrowsMacro")

/// Checks that a condition holds; the test ends here if not.
@freestanding(expression) public macro require(
  _ condition: Bool, _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) = #externalMacro(module: "WeftMacros", type: "RequireMacro")

/// The value of an optional; the test ends here if there is none.
@freestanding(expression) public macro require<T>(
  _ optionalValue: T?, _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) -> T = #externalMacro(module: "WeftMacros", type: "RequireValueMacro")

/// Where this stands; as a default argument, where the caller stands.
@freestanding(expression) public macro _sourceLocation() -> SourceLocation =
  #externalMacro(module: "WeftMacros", type: "SourceLocationMacro")
