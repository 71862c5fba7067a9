import CWeftTesting

/// A test, as `@Test` has written it down.
///
/// The macro leaves a function in a section of the module for each test. Run with the address of a list, it adds the test.
// Unchecked: nothing of it changes after it was made, and the closures capture nothing.
public final class _TestRecord: @unchecked Sendable {
  /// A type that the test is in.
  public struct Suite {
    let name: String
    let displayName: String?
    let traits: [Trait]

    /// Makes one.
    public init(_ name: String, _ displayName: String?, _ traits: [Trait]) {
      self.name = name
      self.displayName = displayName
      self.traits = traits
    }
  }

  /// One run of a test.
  public struct Case {
    let arguments: [(name: String, value: String?)]
    let body: () -> Void
  }

  let suites: [Suite]
  let name: String
  let displayName: String?
  let location: SourceLocation
  let isParameterized: Bool
  private let traits: [Trait]
  private let makeCases: () -> [Case]

  init(
    _ suites: [Suite], _ name: String, _ displayName: String?, _ traits: [Trait], _ location: SourceLocation, isParameterized: Bool,
    _ makeCases: @escaping () -> [Case]
  ) {
    self.suites = suites
    self.name = name
    self.displayName = displayName
    self.traits = traits
    self.location = location
    self.isParameterized = isParameterized
    self.makeCases = makeCases
  }

  /// Adds a test without parameters to the list at `list`.
  public static func add(
    to list: UnsafeMutableRawPointer, _ suites: [Suite], _ name: String, _ displayName: String?, _ traits: [Trait],
    _ location: SourceLocation, _ body: @escaping () -> Void
  ) {
    append(
      _TestRecord(suites, name, displayName, traits, location, isParameterized: false) { [Case(arguments: [], body: body)] }, to: list)
  }

  /// Adds a test with parameters to the list at `list`.
  ///
  /// - Parameters:
  ///   - arguments: All that it is to be run with.
  ///   - parameters: The names of what `describe` tells of an argument.
  public static func add<C: Collection, E>(
    to list: UnsafeMutableRawPointer, _ suites: [Suite], _ name: String, _ displayName: String?, _ traits: [Trait],
    _ location: SourceLocation, arguments: @escaping () -> C, parameters: [String], describe: @escaping (E) -> [String?],
    _ body: @escaping (E) -> Void
  ) where C.Element == E {
    append(
      _TestRecord(suites, name, displayName, traits, location, isParameterized: true) {
        var cases: [Case] = []
        for element in arguments() {
          let values = describe(element)
          var told: [(name: String, value: String?)] = []
          for index in parameters.indices { told.append((parameters[index], values[index])) }
          cases.append(Case(arguments: told) { body(element) })
        }
        return cases
      }, to: list)
  }

  private static func append(_ test: _TestRecord, to list: UnsafeMutableRawPointer) {
    // Holds: `all` alone calls the records, with the address of such a list.
    list.assumingMemoryBound(to: [_TestRecord].self).pointee.append(test)
  }

  /// All tests of the program, in the order in which the linker has put them, which is always the same.
  static let all: [_TestRecord] = {
    var list: [_TestRecord] = []
    withUnsafeMutablePointer(to: &list) { list in
      for index in 0..<weft_test_record_count() { weft_test_record_at(index)?(list) }
    }
    return list
  }()

  var cases: [Case] { makeCases() }

  private var allTraits: [Trait] {
    var all: [Trait] = []
    for suite in suites { all += suite.traits }
    return all + traits
  }

  /// The shortest limit that is said.
  var timeLimit: Duration? {
    var shortest: Duration?
    for trait in allTraits {
      if case .timeLimit(let limit) = trait.kind { shortest = min(limit, shortest ?? limit) }
    }
    return shortest
  }

  /// The comment of the first condition that does not hold, or nothing if all do.
  var reasonToSkip: String? {
    for trait in allTraits {
      if case .condition(let holds, let comment) = trait.kind, !holds() { return comment?.rawValue ?? "" }
    }
    return nil
  }
}

/// All pairs of two collections' elements.
public func _pairs<A: Collection, B: Collection>(_ first: A, _ second: B) -> [(A.Element, B.Element)] {
  var pairs: [(A.Element, B.Element)] = []
  for a in first { for b in second { pairs.append((a, b)) } }
  return pairs
}

/// The pairs of two sequences.
public func _pairs<A, B>(_ zipped: Zip2Sequence<A, B>) -> [(A.Element, B.Element)] {
  var pairs: [(A.Element, B.Element)] = []
  for pair in zipped { pairs.append(pair) }
  return pairs
}

/// A collection of what a test with several parameters is run with.
public func _pairs<C: Collection>(_ collection: C) -> C { collection }
