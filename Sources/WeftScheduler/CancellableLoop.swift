/// Calls `body` once for each integer of a range, as ``parallelFor(_:_:)``, until it is done or cancelled.
///
/// - Parameters:
///   - range: The integers.
///   - cancellation: Looked at before each piece and, within one, before each call of `body`.
///   - progress: Counts the calls that have returned, once a piece.
///   - body: Called on several threads at once, in no defined order.
/// - Throws: ``Cancelled`` if `cancellation` was seen; some of the calls have been made then.
@inlinable
public func parallelFor(
  _ range: Range<Int>, cancellation: Cancellation, progress: ProgressCounter? = nil, _ body: @Sendable (Int) -> Void
) throws(Cancelled) {
  try parallelChunks(range) { (chunk: Range<Int>) throws(Cancelled) in
    var index = chunk.lowerBound
    while index < chunk.upperBound {
      try cancellation.check()
      body(index)
      index &+= 1
    }
    progress?.add(chunk.count)
  }
}
