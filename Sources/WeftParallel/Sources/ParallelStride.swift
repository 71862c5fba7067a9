import WeftPlatform

/// Numbers at the same distance from each other.
@frozen
public struct ParallelStride<Element: FixedWidthInteger & Sendable>: IndexedParallelSequence {
  @usableFromInline let start: Element
  /// Modulo 2 to the number of bits, as the elements are computed: the distance of two integers need not fit.
  @usableFromInline let step: Element
  public let positionCount: Int

  /// - Parameter distance: From the first number to the last one.
  @inlinable @inline(__always)
  init(start: Element, distance: Element.Magnitude, step: Int, isEmpty: Bool) {
    if step == 0 { fail("A stride's step must not be 0") }
    self.start = start
    self.step = Element(truncatingIfNeeded: step)
    positionCount = isEmpty ? 0 : Int(distance / Element.Magnitude(step.magnitude)) + 1
  }

  @inlinable @inline(__always)
  public var storage: (start: Element, step: Element) { (start, step) }

  @inlinable @inline(__always)
  public static func element(at position: Int, of storage: (start: Element, step: Element), _: Void) -> Element {
    storage.start &+ Element(truncatingIfNeeded: position) &* storage.step
  }
}

/// Returns the numbers from `start` on at a distance of `step`, up to but not including `end`, as a parallel sequence.
///
/// - Precondition: `step` is not 0, and its magnitude fits in the integers' type. There are at most `Int.max` numbers.
/// - Complexity: O(1)
@inlinable @inline(__always)
public func parallelStride<Number: FixedWidthInteger & Sendable>(
  from start: Number, to end: Number, by step: Int
) -> ParallelStride<Number> {
  let distance = step > 0 ? end &- start : start &- end
  let isEmpty = step > 0 ? end <= start : end >= start
  return ParallelStride(
    start: start, distance: isEmpty ? 0 : Number.Magnitude(truncatingIfNeeded: distance) &- 1, step: step, isEmpty: isEmpty)
}

/// Returns the numbers from `start` on at a distance of `step`, up to and including `end`, as a parallel sequence.
///
/// - Precondition: `step` is not 0, and its magnitude fits in the integers' type. There are at most `Int.max` numbers.
/// - Complexity: O(1)
@inlinable @inline(__always)
public func parallelStride<Number: FixedWidthInteger & Sendable>(
  from start: Number, through end: Number, by step: Int
) -> ParallelStride<Number> {
  let distance = step > 0 ? end &- start : start &- end
  let isEmpty = step > 0 ? end < start : end > start
  return ParallelStride(start: start, distance: Number.Magnitude(truncatingIfNeeded: distance), step: step, isEmpty: isEmpty)
}
