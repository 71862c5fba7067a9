import Weft

/// Moves bodies that attract each other, one after the other. Each body is four numbers: its place and its velocity.
@JS public func moveSequentially(_ bodies: SharedBuffer<Float>, by time: Float) {
  let grid = Grid(of: bodies)
  for body in 0..<bodies.count / 4 { move(body, of: bodies, by: time, in: grid) }
}

/// Moves them on all threads. Only the grid is made on one.
@JS public func move(_ bodies: SharedBuffer<Float>, by time: Float) {
  let grid = Grid(of: bodies)
  (0..<bodies.count / 4).parallel.forEach { move($0, of: bodies, by: time, in: grid) }
}

/// The grid has the places as they were, so that a body's place can change before the others have looked at it.
@inline(never)
private func move(_ body: Int, of bodies: SharedBuffer<Float>, by time: Float, in grid: Grid) {
  let values = bodies.baseAddress + 4 * body
  let pull = grid.pull(on: Point(x: values[0], y: values[1]))
  values[2] += pull.x * time
  values[3] += pull.y * time
  values[0] += values[2] * time
  values[1] += values[3] * time
}

struct Point: Sendable {
  var x: Float
  var y: Float
}
