// The UTF-8 views of `String` and `Substring`, told by what their slices are. Not extensions of the two: generic code is compiled
// only into programs that use it, and taking a string apart costs Embedded Swift a good part of a second.
extension BidirectionalCollection where SubSequence == Substring.UTF8View {
  /// The UTF-8 code units, for loops and reductions on all threads.
  ///
  /// - Complexity: O(*n*): they are copied, since a string may keep them in itself. That is much faster than most loops.
  @inlinable
  public var parallel: ParallelArray<UInt8> { ParallelArray(ContiguousArray(self)) }
}
