import Noise
import Weft

/// Sorts with the standard library.
@inline(never)
@JS public func sortSequentially(_ numbers: SharedBuffer<UInt32>) {
  var numbers = UnsafeMutableBufferPointer(start: numbers.baseAddress, count: numbers.count)
  numbers.sort()
}

/// Sorts on all threads.
@inline(never)
@JS public func sort(_ numbers: SharedBuffer<UInt32>) {
  UnsafeMutableBufferPointer(start: numbers.baseAddress, count: numbers.count).parallelSort()
}

/// Sorts so many times with the standard library, each time other numbers: a short sort cannot be measured from a page.
@inline(never)
@JS public func sortSequentiallyAgain(_ numbers: SharedBuffer<UInt32>, times: Int) {
  for round in 0..<times {
    fillWithNoise(numbers, seed: UInt32(round))
    sortSequentially(numbers)
  }
}

/// The same on all threads.
@inline(never)
@JS public func sortAgain(_ numbers: SharedBuffer<UInt32>, times: Int) {
  for round in 0..<times {
    fillWithNoise(numbers, seed: UInt32(round))
    sort(numbers)
  }
}
