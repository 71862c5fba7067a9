import Weft

final class Sum: Kernel {
  private let values: [Double]
  private var result = 0.0

  init(size: Int) {
    var random = Random()
    values = (0..<size).map { _ in random.shortFraction() }
  }

  override func sequential(_ repetition: Int) {
    var sum = 0.0
    for value in values { sum += value }
    result = sum
  }

  override func parallel(_ repetition: Int) { result = values.parallel.sum() }
  override var hash: UInt32 { hashOf(result) }
}

final class ForEach: Kernel {
  private let values: Elements<UInt32>

  init(size: Int) { values = Elements(count: size, zero: 0) }
  deinit { values.free() }

  override func reset() {
    var random = Random()
    for index in 0..<values.count { values[index] = random.next() }
  }

  override func sequential(_ repetition: Int) {
    let values = values
    for index in 0..<values.count { step(&values.base[index]) }
  }

  override func parallel(_ repetition: Int) {
    let values = values
    parallelFor(0..<values.count) { step(&values.base[$0]) }
  }

  override var hash: UInt32 { values.hash }
}

@inline(__always)
private func step(_ value: inout UInt32) { value = value &* 1_664_525 &+ 1_013_904_223 }

final class MatrixProduct: Kernel, RowKernel {
  private let n: Int
  private let a, b, c: Elements<Double>

  init(size: Int) {
    n = Int(Double(size).squareRoot())
    var random = Random()
    a = Elements(count: n * n) { _ in random.fraction() }
    b = Elements(count: n * n) { _ in random.fraction() }
    c = Elements(count: n * n, zero: 0)
  }

  deinit {
    a.free()
    b.free()
    c.free()
  }

  package var rowCount: Int { n }
  package func computeRow(_ i: Int) { productRow(a, b, c, i, n) }

  override func sequential(_ repetition: Int) {
    for i in 0..<n { productRow(a, b, c, i, n) }
  }

  override func parallel(_ repetition: Int) {
    let (n, a, b, c) = (n, a, b, c)
    parallelFor(0..<n) { i in productRow(a, b, c, i, n) }
  }

  override var hash: UInt32 { c.hash }
}

@inline(__always)
private func productRow(_ a: Elements<Double>, _ b: Elements<Double>, _ c: Elements<Double>, _ i: Int, _ n: Int) {
  let row = c.base + i &* n
  row.update(repeating: 0, count: n)
  for k in 0..<n {
    let factor = a[i &* n &+ k]
    let other = b.base + k &* n
    for j in 0..<n { row[j] += factor * other[j] }
  }
}

/// One step of bodies that attract each other: x, y, z and mass.
final class Bodies: Kernel, RowKernel {
  private let positions, velocities, moved: Elements<Body>

  init(size: Int) {
    var random = Random()
    positions = Elements(count: size) { _ in
      let x = random.fraction()
      let y = random.fraction()
      let z = random.fraction()
      return Body(x: x, y: y, z: z, mass: random.fraction())
    }
    velocities = Elements(count: size, zero: Body())
    moved = Elements(count: size, zero: Body())
  }

  deinit {
    positions.free()
    velocities.free()
    moved.free()
  }

  override func reset() {
    for index in 0..<velocities.count { velocities[index] = Body() }
  }

  package var rowCount: Int { positions.count }
  package func computeRow(_ index: Int) { move(positions, velocities, moved, index) }

  override func sequential(_ repetition: Int) {
    for index in 0..<positions.count { move(positions, velocities, moved, index) }
  }

  override func parallel(_ repetition: Int) {
    let (positions, velocities, moved) = (positions, velocities, moved)
    parallelFor(0..<positions.count) { index in move(positions, velocities, moved, index) }
  }

  override var hash: UInt32 { moved.hash }
}

private struct Body: BitwiseCopyable {
  var x = 0.0
  var y = 0.0
  var z = 0.0
  var mass = 0.0
}

@inline(__always)
private func move(_ positions: Elements<Body>, _ velocities: Elements<Body>, _ moved: Elements<Body>, _ index: Int) {
  let dt = 1e-3
  let p = positions[index]
  var (ax, ay, az) = (0.0, 0.0, 0.0)
  for other in 0..<positions.count {
    let q = positions[other]
    let (dx, dy, dz) = (q.x - p.x, q.y - p.y, q.z - p.z)
    let square = dx * dx + dy * dy + dz * dz + 1e-9
    let force = q.mass * (1 / (square * square.squareRoot()))
    ax += force * dx
    ay += force * dy
    az += force * dz
  }
  var velocity = velocities[index]
  velocity.x += ax * dt
  velocity.y += ay * dt
  velocity.z += az * dt
  velocities[index] = velocity
  moved[index] = Body(x: p.x + velocity.x * dt, y: p.y + velocity.y * dt, z: p.z + velocity.z * dt, mass: p.mass)
}
