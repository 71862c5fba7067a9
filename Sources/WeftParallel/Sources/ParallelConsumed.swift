import WeftPlatform

/// Elements that threads take out of memory, each once: they get them by value, without a copy.
///
/// What nobody has taken when the sequence is gone is destroyed then.
@frozen
public struct ParallelConsumed<Element: Sendable>: IndexedParallelSequence {
  @usableFromInline let owner: OwnedElements<Element>

  @inlinable @inline(__always)
  init(_ owner: OwnedElements<Element>) { self.owner = owner }

  @inlinable @inline(__always)
  public var positionCount: Int { owner.count }

  @inlinable @inline(__always)
  public var storage: TakenElements<Element> { owner.elements }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: TakenElements<Element>, _: Void) -> Element {
    storage.take(position)
  }
}

/// Where the elements of a ``ParallelConsumed`` are, and which of them are gone.
@frozen
public struct TakenElements<Element: Sendable>: @unchecked Sendable {
  // Holds: each position is visited by one thread, which alone touches the element and the mark. The end of the loop publishes
  // the marks to the thread that destroys the rest.
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// For each element whether it was taken. Nothing where destroying an element does nothing.
  @usableFromInline let marks: UnsafeMutablePointer<Bool>

  @inlinable @inline(__always)
  init(base: UnsafeMutablePointer<Element>, marks: UnsafeMutablePointer<Bool>) {
    self.base = base
    self.marks = marks
  }

  @inlinable @inline(__always)
  static var needsMarks: Bool { !_isPOD(Element.self) }

  @inlinable @inline(__always)
  func take(_ position: Int) -> Element {
    if TakenElements.needsMarks {
      if marks[position] { fail("parallelConsuming(): an element was asked for twice; what is consumed can be used once") }
      marks[position] = true
    }
    return (base + position).move()
  }
}

/// Memory with elements, of which some may have been taken when it is destroyed.
public final class OwnedElements<Element: Sendable>: Sendable {
  @usableFromInline let count: Int
  @usableFromInline let elements: TakenElements<Element>

  @inlinable
  init(_ array: consuming [Element]) {
    count = array.count
    let marks = TakenElements<Element>.needsMarks ? count : 0
    elements = TakenElements(base: .allocate(capacity: count), marks: .allocate(capacity: marks))
    elements.marks.initialize(repeating: false, count: marks)
    if TakenElements<Element>.needsMarks {
      // From the end, since that is where an array gives elements up without copying them.
      var position = count
      while position > 0 {
        position &-= 1
        (elements.base + position).initialize(to: array.removeLast())
      }
    } else {
      array.withUnsafeBufferPointer { copy($0, to: elements.base) }
    }
  }

  @inlinable
  deinit {
    if TakenElements<Element>.needsMarks {
      for position in 0..<count where !elements.marks[position] { (elements.base + position).deinitialize(count: 1) }
    }
    elements.marks.deallocate()
    elements.base.deallocate()
  }
}

extension Array where Element: Sendable {
  /// The elements as a parallel sequence that can be gone through once, and that gives each of them away instead of a copy.
  ///
  ///     let images = files.parallelConsuming().map { decode($0) }.collect()
  ///
  /// Threads that copy references to objects count them up and down again, and wait for each other where the objects are the
  /// same; moving them costs nothing. Each element is destroyed as soon as nobody needs it; those that are not reached, because
  /// of an error or an early exit, with the sequence. For plain data `parallel` is the better choice.
  ///
  /// The order is kept, and results are the same as with `parallel`.
  ///
  /// - Precondition: No element is asked for twice: no `windows(ofCount:)`, no second consumer.
  /// - Complexity: O(*n*): the elements are moved to other memory first, on the calling thread. If somebody else has the array
  ///   too, they are copied.
  @inlinable
  public consuming func parallelConsuming() -> ParallelConsumed<Element> { ParallelConsumed(OwnedElements(self)) }
}

extension Sequence where Element: Sendable {
  /// Returns the elements of any sequence as a parallel sequence that keeps their order and can be consumed once.
  ///
  /// All elements are made before, on the calling thread, since a sequence does not tell how many there will be. Where the order
  /// does not matter, `parallelBridge(batchLength:)` makes them while other threads work.
  ///
  /// - Precondition: No element is asked for twice: no `windows(ofCount:)`, no second consumer.
  /// - Complexity: O(*n*)
  @inlinable
  public func parallelBridgeInOrder() -> ParallelConsumed<Element> { Array(self).parallelConsuming() }
}
