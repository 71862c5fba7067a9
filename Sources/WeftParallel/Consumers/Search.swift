import Synchronization

extension ParallelSequence {
  /// The first element that satisfies a predicate.
  ///
  /// The first in the sequence's order, not the first that a thread happens to find: elements before it are all tried, and at
  /// most about twice as many.
  ///
  /// - Returns: Nil if no element satisfies the predicate.
  /// - Throws: An error of `predicate`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func first<Failure: Error>(
    where predicate: @Sendable (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Element? {
    let closures = closures
    return try searchInOrder { (window) throws(Failure) in
      try forEachPiece(FirstFound<Element>(), of: window, minimumLength: splitLimits.minimum) {
        (piece, data) throws(Failure) in
        let search: UnsafeMutablePointer<FirstFound<Element>> = data.context()
        if !search.isWorthwhile(piece) { return true }
        var found: Element?
        _ = try Self.visit(piece, of: data.pointee.storage, closures()) { element throws(Failure) in
          if try !predicate(element) { return true }
          found = element
          return false
        }
        if let found { search.record(found, at: piece.lowerBound) }
        return true
      }.found
    }
  }

  /// An element that satisfies a predicate: whichever a thread finds first.
  ///
  /// Which one that is may differ from run to run; `first(where:)` tries more elements and always gives the same.
  ///
  /// - Returns: Nil if no element satisfies the predicate.
  /// - Throws: An error of `predicate`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func anyElement<Failure: Error>(
    where predicate: @Sendable (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Element? {
    let closures = closures
    return try forEachPiece(FirstFound<Element>(), minimumLength: splitLimits.minimum) { (piece, data) throws(Failure) in
      var found: Element?
      _ = try Self.visit(piece, of: data.pointee.storage, closures()) { element throws(Failure) in
        if try !predicate(element) { return true }
        found = element
        return false
      }
      guard let found else { return true }
      let search: UnsafeMutablePointer<FirstFound<Element>> = data.context()
      search.record(found, at: piece.lowerBound)
      return false
    }.found
  }

  /// Searches the positions in windows, each twice as long as the one before, until something is found.
  ///
  /// Within a window threads search ahead of each other. Without windows one could be far ahead, and go on for long in vain.
  @inlinable @inline(__always)
  func searchInOrder<Found, Failure: Error>(
    _ search: (Range<Int>) throws(Failure) -> Found?
  ) throws(Failure) -> Found? {
    var start = 0
    var length = Swift.max(1024, splitLimits.minimum)
    while start < positionCount {
      let end = length < positionCount &- start ? start &+ length : positionCount
      if let found = try search(Range(uncheckedBounds: (start, end))) { return found }
      start = end
      length = Swift.max(length, length &<< 1)
    }
    return nil
  }

  /// Whether an element satisfies a predicate. Elements are tried in no particular order until one is found.
  ///
  /// - Throws: An error of `predicate`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func contains<Failure: Error>(
    where predicate: @Sendable (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    let closures = closures
    return try forEachPiece(Flag(), minimumLength: splitLimits.minimum) { (piece, data) throws(Failure) in
      let isNotFound = try Self.visit(piece, of: data.pointee.storage, closures()) { element throws(Failure) in
        try !predicate(element)
      }
      if !isNotFound { data.pointee.context.raise() }
      return isNotFound
    }.isRaised
  }

  /// Whether all elements satisfy a predicate. Elements are tried in no particular order until one does not.
  ///
  /// - Throws: An error of `predicate`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func allSatisfy<Failure: Error>(
    _ predicate: @Sendable (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    let closures = closures
    return try !forEachPiece(Flag(), minimumLength: splitLimits.minimum) { (piece, data) throws(Failure) in
      let areAll = try Self.visit(piece, of: data.pointee.storage, closures()) { element throws(Failure) in
        try predicate(element)
      }
      if !areAll { data.pointee.context.raise() }
      return areAll
    }.isRaised
  }
}

extension ParallelSequence where Element: Equatable {
  /// Whether an element equals a value.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func contains(_ element: Element) -> Bool { contains { $0 == element } }
}

extension IndexedParallelSequence {
  /// The position of the first element that satisfies a predicate, counted from 0.
  ///
  /// - Returns: Nil if no element satisfies the predicate.
  /// - Throws: An error of `predicate`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func firstIndex<Failure: Error>(
    where predicate: @Sendable (Element) throws(Failure) -> Bool
  ) throws(Failure) -> Int? {
    let closures = closures
    return try searchInOrder { (window) throws(Failure) in
      try forEachPiece(FirstFound<Int>(), of: window, minimumLength: splitLimits.minimum) { (piece, data) throws(Failure) in
        let search: UnsafeMutablePointer<FirstFound<Int>> = data.context()
        if !search.isWorthwhile(piece) { return true }
        let storage = data.pointee.storage
        let closures = closures()
        var position = piece.lowerBound
        while position < piece.upperBound {
          if try predicate(Self.element(at: position, of: storage, closures)) {
            search.record(position, at: position)
            break
          }
          position &+= 1
        }
        return true
      }.found
    }
  }
}

extension IndexedParallelSequence where Element: Equatable {
  /// The position of the first element that equals a value, counted from 0.
  ///
  /// - Returns: Nil if there is none.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public func firstIndex(of element: Element) -> Int? { firstIndex { $0 == element } }
}

/// What was found at the lowest position yet.
@frozen @usableFromInline
struct FirstFound<Found>: ~Copyable {
  /// Relaxed everywhere: a piece that is searched in vain does no harm, and `found` is only touched with the lock.
  @usableFromInline let position = Atomic<Int>(.max)
  /// Acquired and released, so that who has it sees what the one before left. The loop's end publishes the last.
  @usableFromInline let lock = Atomic<Bool>(false)
  @usableFromInline var found: Found?

  @inlinable @inline(__always)
  init() {}
}

extension UnsafeMutablePointer where Pointee: ~Copyable {
  /// Whether nothing has been found yet before a piece.
  @inlinable @inline(__always)
  func isWorthwhile<Found>(_ piece: Range<Int>) -> Bool where Pointee == FirstFound<Found> {
    piece.lowerBound < pointee.position.load(ordering: .relaxed)
  }

  @inlinable
  func record<Found>(_ found: Found, at position: Int) where Pointee == FirstFound<Found> {
    while pointee.lock.exchange(true, ordering: .acquiring) {}
    if position < pointee.position.load(ordering: .relaxed) {
      pointee.position.store(position, ordering: .relaxed)
      pointee.found = found
    }
    pointee.lock.store(false, ordering: .releasing)
  }
}

/// Something that any of several threads may find out.
@frozen @usableFromInline
struct Flag: ~Copyable {
  /// Relaxed: nothing else is published with it, and it is read when the loop has ended.
  @usableFromInline let value = Atomic<Bool>(false)

  @inlinable @inline(__always)
  init() {}

  @inlinable @inline(__always)
  func raise() { value.store(true, ordering: .relaxed) }

  @inlinable @inline(__always)
  var isRaised: Bool { value.load(ordering: .relaxed) }
}
