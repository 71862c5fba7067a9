/// A rectangle of the picture, the unit of work.
public struct Tile: Sendable {
  /// The columns of pixels in it.
  public let columns: Range<Int>
  /// The rows of pixels in it.
  public let rows: Range<Int>

  /// Small enough that every thread has many, large enough that handing one out costs nothing.
  private static let side = 32

  /// The tiles that cover a picture, the nearest to its middle first: there the eye looks.
  static func covering(width: Int, height: Int) -> [Tile] {
    var tiles: [Tile] = []
    for top in stride(from: 0, to: height, by: side) {
      for left in stride(from: 0, to: width, by: side) {
        tiles.append(Tile(columns: left..<min(left + side, width), rows: top..<min(top + side, height)))
      }
    }
    // The sort is stable, so equally distant tiles keep the order of reading.
    tiles.sort { $0.distance(width: width, height: height) < $1.distance(width: width, height: height) }
    return tiles
  }

  /// The square of twice the distance of this tile's middle from the picture's.
  private func distance(width: Int, height: Int) -> Int {
    let across = columns.lowerBound + columns.upperBound - width
    let down = rows.lowerBound + rows.upperBound - height
    return across * across + down * down
  }
}
