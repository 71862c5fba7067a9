import WeftScheduler

// Of many numbers with few different values each value is counted, and written as often. Equal numbers are the same bits, so
// nothing is lost; the values are read once and written once, where a radix sort moves them a few times.

/// The most different values that are counted.
@inlinable @inline(__always) var fewValuesLimit: Int { 32 }

/// Sorts numbers that have few different values. Returns false, with the numbers as they were, if a look at some of them or at all
/// shows more.
@inlinable @inline(never)
func sortFewValues<Number>(_ numbers: UnsafeMutablePointer<RadixNumber<Number>>, _ count: Int, isParallel: Bool) -> Bool {
  var table = ValueTable<Number>()
  defer { table.free() }
  if !table.collect(numbers, count) { return false }
  table.sort()
  let blockCount = isParallel ? max(1, min(32, count &>> 14)) : 1
  let counters = UnsafeMutablePointer<Int>.allocate(capacity: blockCount &* fewValuesLimit)
  defer { counters.deallocate() }
  counters.initialize(repeating: 0, count: blockCount &* fewValuesLimit)
  let known = table
  // Safe: blocks read the numbers, and write their own counters.
  nonisolated(unsafe) let (values, counts) = (numbers, counters)
  forPieces(of: blockCount, isParallel: isParallel) { blocks in
    for block in blocks {
      let range = blockRange(block, of: blockCount, count)
      known.count(values + range.lowerBound, range.count, counts + block &* fewValuesLimit)
    }
  }
  // A block ends at a value that the table has not.
  var sum = 0
  for index in 0..<blockCount &* fewValuesLimit { sum &+= counters[index] }
  if sum < count { return false }
  var start = 0
  for index in 0..<table.count {
    var size = 0
    for block in 0..<blockCount { size &+= counters[block &* fewValuesLimit &+ index] }
    let number = table.numbers[index]
    // Safe: pieces write their own places.
    nonisolated(unsafe) let base = numbers + start
    forPieces(of: size, minimumLength: 1 << 14, isParallel: isParallel) { places in
      (base + places.lowerBound).update(repeating: number, count: places.count)
    }
    start &+= size
  }
  return true
}

/// Some different numbers, found by a hash of their bits.
@usableFromInline
struct ValueTable<Number: Sendable>: @unchecked Sendable {
  // Unchecked: its owner changes it before other threads read it, and frees it after that.
  @usableFromInline let numbers = UnsafeMutablePointer<RadixNumber<Number>>.allocate(capacity: fewValuesLimit)
  @usableFromInline var count = 0
  /// For each hash the place of a number; above the last place if there is none. Numbers with the same hash stand behind each other.
  @usableFromInline let slots = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)

  @inlinable
  init() { slots.initialize(repeating: .max, count: 256) }

  @inlinable
  func free() {
    numbers.deallocate()
    slots.deallocate()
  }

  @inlinable @inline(__always)
  func slot(of number: RadixNumber<Number>) -> Int {
    Int(truncatingIfNeeded: (number.radixBits &* 0x9E37_79B9_7F4A_7C15) &>> 56)
  }

  /// Takes numbers from everywhere. Returns false if there are too many different ones.
  @inlinable
  mutating func collect(_ values: UnsafeMutablePointer<RadixNumber<Number>>, _ valueCount: Int) -> Bool {
    let step = max(1, valueCount / 512)
    var index = 0
    while index < valueCount {
      let number = values[index]
      if find(number) == nil {
        if count == fewValuesLimit { return false }
        (numbers + count).initialize(to: number)
        add(count)
        count &+= 1
      }
      index &+= step
    }
    return true
  }

  /// Puts the numbers in order.
  @inlinable
  mutating func sort() {
    insertionSort(numbers, count, in: RadixOrder())
    slots.update(repeating: .max, count: 256)
    for place in 0..<count { add(place) }
  }

  @inlinable
  func add(_ place: Int) {
    var slot = slot(of: numbers[place])
    while slots[slot] != .max { slot = (slot &+ 1) & 255 }
    slots[slot] = UInt8(truncatingIfNeeded: place)
  }

  /// The place of a number, if there is one.
  @inlinable @inline(__always)
  func find(_ number: RadixNumber<Number>) -> Int? {
    var slot = slot(of: number)
    while true {
      let place = Int(slots[slot])
      if place == UInt8.max { return nil }
      if numbers[place].radixBits == number.radixBits { return place }
      slot = (slot &+ 1) & 255
    }
  }

  /// Counts numbers, until one comes that is not in the table.
  @inlinable
  func count(_ values: UnsafeMutablePointer<RadixNumber<Number>>, _ valueCount: Int, _ counters: UnsafeMutablePointer<Int>) {
    var index = 0
    while index < valueCount {
      guard let place = find(values[index]) else { return }
      counters[place] &+= 1
      index &+= 1
    }
  }
}
