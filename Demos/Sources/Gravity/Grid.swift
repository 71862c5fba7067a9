import Weft

/// Bodies in cells, four of which make a larger cell, and so on up to a single one: what is far away is seen as its cell's
/// centre of mass, so that a body needs to look at some hundred cells instead of all bodies.
final class Grid: Sendable {
  private static let levels = 7
  private static let finest = 1 << levels
  /// The world reaches so far to each side; bodies beyond belong to the cells at its edge.
  private static let reach: Float = 2

  fileprivate struct Cell {
    var mass: Float = 0
    var center = Point(x: 0, y: 0)
  }

  /// From the single cell to the finest ones, level by level, each row by row.
  private let cells: [Cell]
  /// The bodies, those of a finest cell one after the other.
  private let points: [Point]
  /// Where each finest cell's bodies begin, and where the last one's end.
  private let starts: [Int]
  /// All bodies together weigh 1.
  private let mass: Float

  init(of bodies: SharedBuffer<Float>) {
    let count = bodies.count / 4
    mass = 1 / Float(count)
    let places = (0..<count).map { Grid.cell(at: Point(x: bodies[4 * $0], y: bodies[4 * $0 + 1])) }
    var starts = [Int](repeating: 0, count: Grid.finest * Grid.finest + 1)
    for place in places { starts[place + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var points = [Point](repeating: Point(x: 0, y: 0), count: count)
    for (body, place) in places.enumerated() {
      points[next[place]] = Point(x: bodies[4 * body], y: bodies[4 * body + 1])
      next[place] += 1
    }
    cells = Grid.pyramid(of: points, starts: starts, mass: mass)
    self.points = points
    self.starts = starts
  }

  private static func cell(at point: Point) -> Int {
    func index(_ value: Float) -> Int { Int(min(max((value + reach) / (2 * reach), 0), 0.999_999) * Float(finest)) }
    return index(point.y) * finest + index(point.x)
  }

  /// How many cells are above a level: 1 + 4 + 16 and so on.
  private static func offset(of level: Int) -> Int { ((1 << (2 * level)) - 1) / 3 }

  private static func pyramid(of points: [Point], starts: [Int], mass: Float) -> [Cell] {
    var cells = [Cell](repeating: Cell(), count: offset(of: levels + 1))
    for place in 0..<finest * finest {
      var cell = Cell()
      for point in points[starts[place]..<starts[place + 1]] { cell.add(point, mass) }
      cells[offset(of: levels) + place] = cell
    }
    for level in (0..<levels).reversed() {
      let side = 1 << level
      for place in 0..<side * side {
        var cell = Cell()
        let first = offset(of: level + 1) + place / side * 4 * side + place % side * 2
        for child in [first, first + 1, first + 2 * side, first + 2 * side + 1] where cells[child].mass > 0 {
          cell.add(cells[child].center, cells[child].mass)
        }
        cells[offset(of: level) + place] = cell
      }
    }
    return cells
  }

  /// The acceleration of a body at a point.
  func pull(on point: Point) -> Point {
    var pull = Point(x: 0, y: 0)
    add(level: 0, x: 0, y: 0, on: point, to: &pull)
    return pull
  }

  private func add(level: Int, x: Int, y: Int, on point: Point, to pull: inout Point) {
    let cell = cells[Grid.offset(of: level) + y << level + x]
    if cell.mass == 0 { return }
    let (dx, dy) = (cell.center.x - point.x, cell.center.y - point.y)
    let size = 2 * Grid.reach / Float(1 << level)
    if size * size < 0.6 * (dx * dx + dy * dy) {
      pull.add(dx, dy, cell.mass)
    } else if level == Grid.levels {
      let place = y << level + x
      for index in starts[place]..<starts[place + 1] { pull.add(points[index].x - point.x, points[index].y - point.y, mass) }
    } else {
      for child in 0..<4 { add(level: level + 1, x: 2 * x + child & 1, y: 2 * y + child >> 1, on: point, to: &pull) }
    }
  }
}

extension Grid.Cell {
  /// Adds a mass, and moves the centre towards it.
  fileprivate mutating func add(_ point: Point, _ mass: Float) {
    self.mass += mass
    center.x += (point.x - center.x) * mass / self.mass
    center.y += (point.y - center.y) * mass / self.mass
  }
}

extension Point {
  /// Adds the pull of a mass at a distance. Close bodies pull as if they were a little further away: they would fling each other off.
  fileprivate mutating func add(_ dx: Float, _ dy: Float, _ mass: Float) {
    let square = dx * dx + dy * dy + 0.0009
    let strength = mass / (square * square.squareRoot())
    x += dx * strength
    y += dy * strength
  }
}
