import Weft

/// Makes the next generation of the game of life, row after row.
@JS public func liveSequentially(_ cells: SharedBuffer<UInt8>, into next: SharedBuffer<UInt8>, width: Int) {
  for row in 0..<cells.count / width { live(row, of: cells, into: next, width: width) }
}

/// Makes it on all threads.
@JS public func live(_ cells: SharedBuffer<UInt8>, into next: SharedBuffer<UInt8>, width: Int) {
  (0..<cells.count / width).parallel.forEach { live($0, of: cells, into: next, width: width) }
}

/// A cell that lives is 255; one that has died fades from 120 to 0, for the eye. The world has no edges: right is left of left.
@inline(never)
private func live(_ row: Int, of cells: SharedBuffer<UInt8>, into next: SharedBuffer<UInt8>, width: Int) {
  let height = cells.count / width
  let above = cells.baseAddress + (row + height - 1) % height * width
  let here = cells.baseAddress + row * width
  let below = cells.baseAddress + (row + 1) % height * width
  let result = next.baseAddress + row * width

  func update(_ left: Int, _ column: Int, _ right: Int) {
    let neighbours =
      (above[left] >> 7) &+ (above[column] >> 7) &+ (above[right] >> 7) &+ (here[left] >> 7) &+ (here[right] >> 7)
      &+ (below[left] >> 7) &+ (below[column] >> 7) &+ (below[right] >> 7)
    let cell = here[column]
    let lives = neighbours == 3 || neighbours == 2 && cell == 255
    result[column] = lives ? 255 : cell == 255 ? 120 : cell >= 6 ? cell &- 6 : 0
  }
  update(width - 1, 0, 1 % width)
  var column = 1
  while column < width - 1 {
    update(column &- 1, column, column &+ 1)
    column &+= 1
  }
  if width > 1 { update(width - 2, width - 1, 0) }
}
