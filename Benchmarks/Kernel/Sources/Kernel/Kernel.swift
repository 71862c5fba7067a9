import Weft

/// The sum of the squares of `data`, on all cores.
@JS func energy(_ data: SharedBuffer<Double>) -> Double {
  energy(data, 0..<data.count)
}

func energy(_ data: SharedBuffer<Double>, _ range: Range<Int>) -> Double {
  if range.count <= 4096 { return range.reduce(0) { $0 + data[$1] * data[$1] } }
  let middle = range.lowerBound + range.count / 2
  let (low, high) = join(
    { energy(data, range.lowerBound..<middle) },
    { energy(data, middle..<range.upperBound) })
  return low + high
}
