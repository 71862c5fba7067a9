import Weft

/// Multiplies every element of `data` by `k`, in place.
@JS func scale(_ data: inout [Double], by k: Double) {
  for index in data.indices { data[index] *= k }
}

/// Multiplies every element of `buffer` by `k`, in the memory that JavaScript sees as well.
@JS func scaleShared(_ buffer: SharedBuffer<Double>, by k: Double) {
  for index in 0..<buffer.count { buffer.baseAddress[index] *= k }
}

/// `a`, `b` and `c` in the order of the call: every slot arrives in its place.
@JS func describe(_ a: Int, _ b: String, _ c: Bool) -> String { "\(a) \(b) \(c)" }

/// The sum of 0, 1, … `count - 1`, each element in a slot of its own, computed on all threads.
@JS func sumOfIndices(_ count: Int) -> Double {
  var indices = [Double](repeating: 0, count: count)
  indices.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let slots = buffer
    parallelFor(0..<count) { slots[$0] = Double($0) }
  }
  return indices.reduce(0, +)
}
