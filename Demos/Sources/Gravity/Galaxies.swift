import Weft

/// Makes two galaxies that will meet, the same everywhere.
@JS public func fillWithGalaxies(_ bodies: SharedBuffer<Float>) {
  var noise = Noise()
  let count = bodies.count / 4
  for body in 0..<count {
    // Two thirds of the bodies belong to the larger galaxy, which turns one way; the smaller one turns the other way.
    let isLarge = body % 3 != 0
    let (share, radius, turn): (Float, Float, Float) = isLarge ? (0.667, 0.62, 1) : (0.333, 0.42, -1)
    let (x, y) = noise.pointInDisc()
    // Denser towards the middle: the distance from it becomes its square.
    let distance = (x * x + y * y).squareRoot()
    // The mass inside, of which a body on a circle feels about this pull, grows with the distance then.
    let speed = (share * distance / (radius * distance * distance + 0.03)).squareRoot() * distance * turn
    let values = bodies.baseAddress + 4 * body
    values[0] = x * distance * radius + (isLarge ? -0.45 : 0.75)
    values[1] = y * distance * radius + (isLarge ? -0.15 : 0.3)
    values[2] = -y / (distance + 0.001) * speed + (isLarge ? 0.12 : -0.24)
    values[3] = x / (distance + 0.001) * speed
  }
}

/// Random numbers from -1 to 1.
private struct Noise {
  private var state: UInt32 = 2_463_534_242

  private mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return Float(state >> 8) / 8_388_608 - 1
  }

  mutating func pointInDisc() -> (Float, Float) {
    while true {
      let (x, y) = (next(), next())
      if x * x + y * y < 1 { return (x, y) }
    }
  }
}
