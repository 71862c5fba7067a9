extension String.UTF8View {
  /// The UTF-8 code units, for loops and reductions on all threads.
  ///
  /// - Complexity: O(*n*): they are copied, since a string may keep them in itself. That is much faster than most loops.
  @inlinable
  public var parallel: ParallelArray<UInt8> { ParallelArray(ContiguousArray(self)) }
}

extension Substring.UTF8View {
  /// The UTF-8 code units, for loops and reductions on all threads.
  ///
  /// - Complexity: O(*n*): they are copied, since a string may keep them in itself. That is much faster than most loops.
  @inlinable
  public var parallel: ParallelArray<UInt8> { ParallelArray(ContiguousArray(self)) }
}
