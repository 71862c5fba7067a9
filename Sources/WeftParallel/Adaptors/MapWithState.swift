/// A parallel sequence's elements, transformed with the help of a state that each piece has for itself.
@frozen
public struct ParallelStatefulMapSequence<Base: ParallelSequence, State, Element: Sendable>: ParallelAdaptor {
  public typealias Storage = Base.Storage

  public let base: Base
  @usableFromInline let makeState: @Sendable () -> State
  @usableFromInline let transform: @Sendable (inout State, Base.Element) -> Element

  @inlinable @inline(__always)
  init(_ base: Base, _ makeState: @escaping @Sendable () -> State, _ transform: @escaping @Sendable (inout State, Base.Element) -> Element)
  {
    self.base = base
    self.makeState = makeState
    self.transform = transform
  }

  @frozen
  public struct Closures: Sendable {
    @usableFromInline let base: Base.Closures
    @usableFromInline let makeState: @Sendable () -> State
    @usableFromInline let transform: @Sendable (inout State, Base.Element) -> Element

    @inlinable @inline(__always)
    init(
      base: Base.Closures, _ makeState: @escaping @Sendable () -> State,
      _ transform: @escaping @Sendable (inout State, Base.Element) -> Element
    ) {
      self.base = base
      self.makeState = makeState
      self.transform = transform
    }
  }

  @inlinable @inline(__always)
  public var closures: @Sendable () -> Closures {
    let base = base.closures
    let makeState = makeState
    let transform = transform
    return { Closures(base: base(), makeState, transform) }
  }

  @inlinable @inline(__always)
  public static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  public static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: Base.Storage, _ closures: Closures, _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    var state = closures.makeState()
    return try Base.visit(positions, of: storage, closures.base) { element throws(Failure) in
      try body(closures.transform(&state, element))
    }
  }
}

extension ParallelSequence {
  /// Returns the results of calling `transform` with each element and a state, when they are consumed.
  ///
  /// For what is expensive to make and can be used again, like a buffer or a random-number generator: each piece of the work
  /// has a state of its own, which only one thread uses. How many pieces there are depends on the threads; results should
  /// not depend on it.
  ///
  /// - Complexity: O(1)
  @inlinable @inline(__always)
  public func map<State, Transformed: Sendable>(
    withState makeState: @escaping @Sendable () -> State, _ transform: @escaping @Sendable (inout State, Element) -> Transformed
  ) -> ParallelStatefulMapSequence<Self, State, Transformed> {
    ParallelStatefulMapSequence(self, makeState, transform)
  }
}
