/// Into what lengths the positions of a sequence may be divided among threads.
@frozen
public struct SplitLimits: Sendable {
  /// The fewest positions of a piece, but for the last one of a sequence. At least 1.
  public var minimum: Int
  /// The most positions of a piece. Not less than `minimum`.
  public var maximum: Int

  /// Makes limits, by default none.
  @inlinable @inline(__always)
  public init(minimum: Int = 1, maximum: Int = .max) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// What both allow; the larger minimum where they contradict each other.
  @inlinable @inline(__always)
  func intersection(_ other: SplitLimits) -> SplitLimits {
    let minimum = max(minimum, other.minimum)
    return SplitLimits(minimum: minimum, maximum: max(minimum, min(maximum, other.maximum)))
  }
}
