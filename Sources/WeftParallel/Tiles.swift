import WeftPlatform
import WeftScheduler

/// A rectangle of a grid.
@frozen
public struct Tile: Hashable, Sendable {
  /// The columns.
  public let x: Range<Int>
  /// The rows.
  public let y: Range<Int>

  @inlinable @inline(__always)
  init(x: Range<Int>, y: Range<Int>) {
    self.x = x
    self.y = y
  }
}

/// Calls `body` for tiles that together cover a grid, row by row of tiles, on all threads that have nothing else to do.
///
/// What is near in both directions is worked on at the same time, so that caches help: matrix products, image filters. Tiles at
/// the right and at the bottom are smaller if the grid's size is no multiple of theirs.
///
/// - Precondition: The grid's sizes are not negative, and the tiles' are positive.
/// - Throws: An error of `body`, as ``ParallelSequence/forEach(_:)`` does.
/// - Complexity: O(number of tiles) calls of `body`.
@inlinable @inline(__always)
public func parallelTiles<Failure: Error>(
  width: Int, height: Int, tileWidth: Int, tileHeight: Int, _ body: @Sendable (Tile) throws(Failure) -> Void
) throws(Failure) {
  if width < 0 || height < 0 || tileWidth <= 0 || tileHeight <= 0 {
    fail("parallelTiles: the width and the height must not be negative, and a tile's must be at least 1")
  }
  let columns = width.divided(by: tileWidth)
  let rows = height.divided(by: tileHeight)
  try parallelPieces(of: columns * rows) { (piece) throws(Failure) in
    var index = piece.lowerBound
    while index < piece.upperBound {
      let x = index % columns &* tileWidth
      let y = index / columns &* tileHeight
      try body(
        Tile(
          x: Range(uncheckedBounds: (x, x &+ min(tileWidth, width &- x))),
          y: Range(uncheckedBounds: (y, y &+ min(tileHeight, height &- y)))))
      index &+= 1
    }
    return true
  }
}
