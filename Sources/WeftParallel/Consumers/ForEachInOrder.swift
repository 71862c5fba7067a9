import WeftPlatform
import WeftScheduler

extension ParallelSequence {
  /// Calls `body` with each element, in order and on the calling thread, while other threads make the next ones.
  ///
  /// For output that cannot be parallel: writing a file, feeding a hash. Memory is bounded: the elements of two windows exist
  /// at a time.
  ///
  /// - Parameters:
  ///   - windowLength: How many positions are made ahead, at least 1.
  ///   - body: Need not be `Sendable`.
  /// - Throws: An error of `body`; it is not called again then.
  /// - Complexity: O(*n*) calls of `body`.
  @inlinable
  public func forEachInOrder<Failure: Error>(
    windowLength: Int = 1024, _ body: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    if windowLength <= 0 { fail("forEachInOrder(windowLength:_:): the length must be at least 1") }
    var elements = [Element]()
    var start = 0
    while start < positionCount || !elements.isEmpty {
      let end = start &+ Swift.min(windowLength, positionCount &- start)
      let window = ParallelPositionsSequence(self, Range(uncheckedBounds: (start, end)))
      let made = elements
      let (outcome, next) = join(
        { () -> Failure? in
          do throws(Failure) {
            for element in made { try body(element) }
            return nil
          } catch {
            return error
          }
        }, { window.collect() })
      if let outcome { throw outcome }
      elements = next
      start = end
    }
  }
}

/// Some of a parallel sequence's positions.
@frozen @usableFromInline
struct ParallelPositionsSequence<Base: ParallelSequence>: ParallelAdaptor {
  @usableFromInline typealias Element = Base.Element
  @usableFromInline typealias Closures = Base.Closures

  @usableFromInline let base: Base
  @usableFromInline let positions: Range<Int>

  @inlinable
  init(_ base: Base, _ positions: Range<Int>) {
    self.base = base
    self.positions = positions
  }

  @inlinable
  var storage: (Base.Storage, start: Int) { (base.storage, positions.lowerBound) }

  @inlinable
  var positionCount: Int { positions.count }

  @inlinable
  static var hasAtMostOneElementPerPosition: Bool { Base.hasAtMostOneElementPerPosition }

  @inlinable @inline(__always)
  static func visit<Failure: Error>(
    _ positions: Range<Int>, of storage: (Base.Storage, start: Int), _ closures: Base.Closures,
    _ body: (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    let start = positions.lowerBound &+ storage.start
    let end = positions.upperBound &+ storage.start
    return try Base.visit(Range(uncheckedBounds: (start, end)), of: storage.0, closures, body)
  }
}
