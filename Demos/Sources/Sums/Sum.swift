import Weft

/// The sum of all numbers, one after the other.
@JS public func sumSequentially(_ numbers: SharedBuffer<Double>) -> Double {
  var sum = 0.0
  for index in numbers.indices { sum += numbers[index] }
  return sum
}

/// The same sum on all threads.
@JS public func sum(_ numbers: SharedBuffer<Double>) -> Double {
  numbers.parallel.sum()
}

/// Fills memory with whole numbers from 0 to 1023. Their sum is exact in any order.
@JS public func fillWithWholeNumbers(_ numbers: SharedBuffer<Double>) {
  parallelFor(numbers.indices) { index in
    numbers[index] = Double((UInt32(truncatingIfNeeded: index) &* 1_103_515_245 &+ 12345) >> 16 & 1023)
  }
}
