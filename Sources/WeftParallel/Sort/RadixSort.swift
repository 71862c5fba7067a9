// Radix sort of what fits in a cache, least significant digit first (H. Seward, 1954), with these turns:
// - The digits begin at the highest bit in which the values differ from the least of them. What all have in common costs nothing.
// - No more digits are sorted by than are needed to tell most of the values apart. A last pass over the nearly sorted values
//   puts the rest right.

/// The least and the greatest bits of some values.
@usableFromInline
struct RadixBounds: Sendable {
  @usableFromInline var least: UInt64
  @usableFromInline var greatest: UInt64

  @inlinable @inline(__always)
  init(least: UInt64 = .max, greatest: UInt64 = 0) {
    self.least = least
    self.greatest = greatest
  }

  @inlinable
  init<Value: RadixSortable>(_ values: UnsafeMutablePointer<Value>, _ count: Int) {
    // Compared as signed numbers, their highest bit turned over: there are vector instructions for that only.
    let highest: UInt64 = 1 &<< 63
    var low = Int64.max
    var high = Int64.min
    var index = 0
    while index < count {
      let bits = Int64(bitPattern: values[index].radixBits ^ highest)
      low = bits < low ? bits : low
      high = bits > high ? bits : high
      index &+= 1
    }
    self.init(least: UInt64(bitPattern: low) ^ highest, greatest: UInt64(bitPattern: high) ^ highest)
  }

  /// How many low bits may differ, once the least is subtracted.
  @inlinable @inline(__always)
  var width: Int { UInt64.bitWidth &- (greatest &- least).leadingZeroBitCount }

  @inlinable @inline(__always)
  mutating func formUnion(_ other: RadixBounds) {
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}

/// The most digits that `radixSort` sorts by, and the most bits of each.
@inlinable @inline(__always) var radixDigitLimit: Int { 4 }
@inlinable @inline(__always) var radixDigitWidth: Int { 8 }

/// How many counters `radixSort` needs.
@inlinable @inline(__always) var radixCounterCount: Int { radixDigitLimit &<< radixDigitWidth }

/// Sorts values into `output`, which is `values` itself or `other`. Both hold `count` values, the one that is not the output
/// nothing of worth afterwards.
@inlinable @inline(never)
func radixSort<Value: RadixSortable>(
  _ values: UnsafeMutablePointer<Value>, _ other: UnsafeMutablePointer<Value>, _ count: Int,
  intoOther: Bool, counters: UnsafeMutablePointer<UInt32>
) {
  let output = intoOther ? other : values
  if count <= 64 || sortIfOneRun(values, count, in: RadixOrder()) {
    if intoOther { copyBits(values, other, count) }
    if count <= 64 { quicksort(output, count, in: RadixOrder()) }
    return
  }
  let bounds = RadixBounds(values, count)
  let least = bounds.least
  let countWidth = Int.bitWidth &- count.leadingZeroBitCount
  // With five bits more than it takes to number the values, few of them are still in disorder.
  let digits = (min(bounds.width, countWidth &+ 5) &+ (radixDigitWidth &- 1)) / radixDigitWidth
  let lowest = max(0, bounds.width &- digits &* radixDigitWidth)
  countDigits(values, count, least: least, lowest: lowest, digits: digits, counters)

  var source = values
  var target = other
  var digit = 0
  while digit < digits {
    let counter = counters + digit &<< radixDigitWidth
    if startsOfBuckets(counter, count) {
      scatter(source, target, count, least: least, shift: lowest &+ digit &* radixDigitWidth, counter)
      (source, target) = (target, source)
    }
    digit &+= 1
  }
  if source != output { copyBits(source, output, count) }
  if lowest > 0 { sortNearlySorted(output, count, least: least, lowest: lowest) }
}

@inlinable @inline(__always)
func copyBits<Value: RadixSortable>(_ source: UnsafeMutablePointer<Value>, _ target: UnsafeMutablePointer<Value>, _ count: Int) {
  UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: count &* MemoryLayout<Value>.stride)
}

/// Counts the values of each digit, in one pass.
@inlinable @inline(__always)
func countDigits<Value: RadixSortable>(
  _ values: UnsafeMutablePointer<Value>, _ count: Int, least: UInt64, lowest: Int, digits: Int,
  _ counters: UnsafeMutablePointer<UInt32>
) {
  counters.initialize(repeating: 0, count: digits &<< radixDigitWidth)
  let size = 1 &<< radixDigitWidth
  let width = UInt64(truncatingIfNeeded: radixDigitWidth)
  let mask = UInt64(truncatingIfNeeded: size &- 1)
  let (first, second, third, fourth) = (counters, counters + size, counters + 2 * size, counters + 3 * size)
  var index = 0
  while index < count {
    let bits = (values[index].radixBits &- least) &>> UInt64(truncatingIfNeeded: lowest)
    first[Int(truncatingIfNeeded: bits & mask)] &+= 1
    if digits > 1 { second[Int(truncatingIfNeeded: bits &>> width & mask)] &+= 1 }
    if digits > 2 { third[Int(truncatingIfNeeded: bits &>> (2 &* width) & mask)] &+= 1 }
    if digits > 3 { fourth[Int(truncatingIfNeeded: bits &>> (3 &* width) & mask)] &+= 1 }
    index &+= 1
  }
}

/// Turns the counts of a digit's values into the places where their buckets start. Returns false if there is only one bucket.
@inlinable @inline(__always)
func startsOfBuckets(_ counters: UnsafeMutablePointer<UInt32>, _ count: Int) -> Bool {
  var start: UInt32 = 0
  var index = 0
  while index < 1 &<< radixDigitWidth {
    let size = counters[index]
    if size == UInt32(truncatingIfNeeded: count) { return false }
    counters[index] = start
    start &+= size
    index &+= 1
  }
  return true
}

@inlinable @inline(__always)
func scatter<Value: RadixSortable>(
  _ source: UnsafeMutablePointer<Value>, _ target: UnsafeMutablePointer<Value>, _ count: Int, least: UInt64, shift: Int,
  _ next: UnsafeMutablePointer<UInt32>
) {
  let mask = UInt64(1) &<< UInt64(radixDigitWidth) &- 1
  var index = 0
  while index < count {
    let value = source[index]
    let bits = (value.radixBits &- least) &>> UInt64(truncatingIfNeeded: shift)
    let bucket = next + Int(truncatingIfNeeded: bits & mask)
    let place = bucket.pointee
    bucket.pointee = place &+ 1
    target[Int(truncatingIfNeeded: place)] = value
    index &+= 1
  }
}

/// Sorts values that are in order but for the bits below `lowest`.
@inlinable @inline(__always)
func sortNearlySorted<Value: RadixSortable>(
  _ values: UnsafeMutablePointer<Value>, _ count: Int, least: UInt64, lowest: Int
) {
  var next = 1
  while next < count {
    let value = values[next]
    if Value.isOrdered(value, before: values[next &- 1]) {
      var hole = next
      let farthest = max(0, next &- 16)
      repeat {
        values[hole] = values[hole &- 1]
        hole &-= 1
      } while hole > farthest && Value.isOrdered(value, before: values[hole &- 1])
      values[hole] = value
      if hole == farthest {
        // Many values are alike as far as they were compared: these are sorted by themselves.
        let shift = UInt64(truncatingIfNeeded: lowest)
        let group = (value.radixBits &- least) &>> shift
        while hole > 0 && (values[hole &- 1].radixBits &- least) &>> shift == group { hole &-= 1 }
        repeat { next &+= 1 } while next < count && (values[next].radixBits &- least) &>> shift == group
        quicksort(values + hole, next &- hole, in: RadixOrder())
        continue
      }
    }
    next &+= 1
  }
}
