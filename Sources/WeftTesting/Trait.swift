/// What is to be known of a test, or of all in a suite, before it is run.
public struct Trait: Sendable {
  enum Kind: Sendable {
    /// Whether the test is run, and why not.
    case condition(@Sendable () -> Bool, Comment?)
    case timeLimit(Duration)
    /// What changes nothing on the web: tests are run one after the other there.
    case remark
  }

  let kind: Kind

  /// Tests are run one after the other. On the web they always are.
  public static let serialized = Trait(kind: .remark)

  /// The test is run only if a condition holds.
  public static func enabled(
    if condition: @autoclosure @escaping @Sendable () -> Bool, _ comment: Comment? = nil, sourceLocation: SourceLocation? = nil
  ) -> Trait {
    Trait(kind: .condition(condition, comment))
  }

  /// The test is not run.
  public static func disabled(_ comment: Comment? = nil, sourceLocation: SourceLocation? = nil) -> Trait {
    Trait(kind: .condition({ false }, comment))
  }

  /// The test is not run if a condition holds.
  public static func disabled(
    if condition: @autoclosure @escaping @Sendable () -> Bool, _ comment: Comment? = nil, sourceLocation: SourceLocation? = nil
  ) -> Trait {
    Trait(kind: .condition({ !condition() }, comment))
  }

  /// How long the test, or each of its cases, may take.
  public static func timeLimit(_ limit: TimeLimit) -> Trait { Trait(kind: .timeLimit(limit.duration)) }

  /// What the test is about, for people.
  public static func tags(_ tags: Tag...) -> Trait { Trait(kind: .remark) }

  /// A bug that the test is about, for people.
  public static func bug(_ url: String, _ title: Comment? = nil) -> Trait { Trait(kind: .remark) }

  /// A bug that the test is about, for people.
  public static func bug(_ url: String? = nil, id: String, _ title: Comment? = nil) -> Trait { Trait(kind: .remark) }

  /// A bug that the test is about, for people.
  public static func bug(_ url: String? = nil, id: Int, _ title: Comment? = nil) -> Trait { Trait(kind: .remark) }

  /// How long a test may take.
  public struct TimeLimit: Sendable {
    let duration: Duration

    /// Some minutes.
    public static func minutes(_ minutes: some BinaryInteger) -> TimeLimit { TimeLimit(duration: .seconds(Int64(minutes) * 60)) }
  }
}

/// A word that groups tests, for people.
public struct Tag: Sendable, Hashable {
  let name: String

  /// Makes a tag. `@Tag` does it.
  public init(_name name: String) { self.name = name }
}
