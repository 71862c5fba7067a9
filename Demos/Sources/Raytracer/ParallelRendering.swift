import Synchronization
import Weft

extension Rendering {
  /// Renders some of the tiles, numbered as in `tiles`, on all threads of the pool.
  ///
  /// The picture is the same to the bit for any number of threads. `isStopped` is asked before every pixel, and `finished`
  /// called after every tile, on whichever thread renders it.
  public func render(
    tiles numbers: Range<Int>, into pixels: UnsafeMutablePointer<UInt32>,
    isStopped: @Sendable () -> Bool, finished: @Sendable () -> Void
  ) {
    // SAFETY: tiles do not overlap, so no two threads write the same pixel, and nobody reads before the loop is over
    // (but for the page, which may show a pixel too early and shows it again).
    nonisolated(unsafe) let pixels = pixels
    // The loop gives each thread a stretch of the numbers; the next tile in order, whoever asks, fills the picture from its
    // middle on any number of threads.
    let next = Atomic(numbers.lowerBound)
    parallelFor(numbers) { _ in
      let tile = tiles[next.add(1, ordering: .relaxed).oldValue]
      if render(tile, into: pixels, isStopped: isStopped) { finished() }
    }
  }
}
