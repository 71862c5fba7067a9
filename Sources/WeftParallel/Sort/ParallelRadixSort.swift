import WeftScheduler

// Radix sort of more than fits in a cache: one pass by the most significant digit deals the values out to buckets, and
// `radixSort` sorts each. All passes run on several threads. The result does not depend on how many.

/// The most values that are sorted without dealing them out first.
@inlinable @inline(__always) var radixBucketLimit: Int { 1 << 16 }

/// The most values that the calling thread sorts alone: so many are done before a sleeping thread could take much of the work.
@inlinable @inline(__always) var sequentialRadixLimit: Int { 1 << 17 }

/// Sorts values of which there may be many, using memory for as many more.
@inlinable @inline(never)
func radixSort<Value: RadixSortable>(
  _ values: UnsafeMutablePointer<Value>, scratch: UnsafeMutablePointer<Value>, _ count: Int, isParallel: Bool
) {
  if count > radixBucketLimit {
    if sortIfOneRun(values, count, in: RadixOrder()) { return }
    return dealOutAndSort(values, scratch, count, isParallel: isParallel && count > sequentialRadixLimit)
  }
  let counters = UnsafeMutablePointer<UInt32>.allocate(capacity: radixCounterCount)
  radixSort(values, scratch, count, intoOther: false, counters: counters)
  counters.deallocate()
}

/// Runs a loop's pieces on several threads, or all of it here.
@inlinable @inline(__always)
func forPieces(of count: Int, minimumLength: Int = 1, isParallel: Bool, _ body: @Sendable (Range<Int>) -> Void) {
  if !isParallel { return body(0..<count) }
  parallelPieces(of: count, minimumLength: minimumLength) { piece in
    body(piece)
    return true
  }
}

@inlinable @inline(never)
func dealOutAndSort<Value: RadixSortable>(
  _ values: UnsafeMutablePointer<Value>, _ scratch: UnsafeMutablePointer<Value>, _ count: Int, isParallel: Bool
) {
  let plan = DealPlan(values, scratch, count, isParallel: isParallel)
  forPieces(of: plan.blockCount, isParallel: isParallel) { plan.countBuckets($0) }
  plan.findPlaces()
  forPieces(of: plan.blockCount, isParallel: isParallel) { plan.deal($0) }
  forPieces(of: plan.bucketCount, isParallel: isParallel) { plan.sortBuckets($0) }
  // A bucket with too much in it is dealt out again by itself.
  var bucket = 0
  while bucket < plan.bucketCount {
    let range = plan.bucket(bucket)
    if range.count > radixBucketLimit && plan.shift > 0 {
      copyBits(scratch + range.lowerBound, values + range.lowerBound, range.count)
      radixSort(values + range.lowerBound, scratch: scratch + range.lowerBound, range.count, isParallel: isParallel)
    }
    bucket &+= 1
  }
  plan.places.deallocate()
}

/// How values are dealt out: each block of them counts and moves its own, in order, to places that no other block uses.
@usableFromInline
struct DealPlan<Value: RadixSortable>: @unchecked Sendable {
  // Unchecked: blocks write their own counters and places, buckets their own values, and the loops come one after the other.
  @usableFromInline let values: UnsafeMutablePointer<Value>
  @usableFromInline let scratch: UnsafeMutablePointer<Value>
  @usableFromInline let count: Int
  @usableFromInline let blockCount: Int
  @usableFromInline let bucketCount: Int
  @usableFromInline let least: UInt64
  @usableFromInline let shift: Int
  /// For each block and bucket the number of values, then the place of the next one. A row more: where each bucket ends.
  @usableFromInline let places: UnsafeMutablePointer<Int>

  @inlinable
  init(
    _ values: UnsafeMutablePointer<Value>, _ scratch: UnsafeMutablePointer<Value>, _ count: Int, isParallel: Bool
  ) {
    self.values = values
    self.scratch = scratch
    self.count = count
    let blockCount = max(1, min(32, count &>> 14))
    self.blockCount = blockCount
    let bounds = DealPlan.bounds(values, count, blockCount, isParallel: isParallel)
    // Buckets of a few thousand values each, if they are spread evenly.
    let countWidth = Int.bitWidth &- count.leadingZeroBitCount
    let digitWidth = min(bounds.width, max(2, min(10, countWidth &- 11)))
    shift = bounds.width &- digitWidth
    least = bounds.least
    bucketCount = 1 &<< digitWidth
    places = .allocate(capacity: (blockCount &+ 1) &* bucketCount)
  }

  @inlinable
  static func bounds(
    _ values: UnsafeMutablePointer<Value>, _ count: Int, _ blockCount: Int, isParallel: Bool
  ) -> RadixBounds {
    let found = UnsafeMutablePointer<RadixBounds>.allocate(capacity: blockCount)
    // Safe: each block writes its own element, and only reads the values.
    nonisolated(unsafe) let (values, shared) = (values, found)
    forPieces(of: blockCount, isParallel: isParallel) { blocks in
      for block in blocks {
        let range = blockRange(block, of: blockCount, count)
        (shared + block).initialize(to: RadixBounds(values + range.lowerBound, range.count))
      }
    }
    var bounds = RadixBounds()
    for block in 0..<blockCount { bounds.formUnion(found[block]) }
    found.deallocate()
    return bounds
  }

  @inlinable @inline(__always)
  func bucketIndex(_ value: Value) -> Int {
    Int(truncatingIfNeeded: (value.radixBits &- least) &>> UInt64(truncatingIfNeeded: shift))
  }

  @inlinable
  func countBuckets(_ blocks: Range<Int>) {
    for block in blocks {
      let counters = places + block &* bucketCount
      counters.initialize(repeating: 0, count: bucketCount)
      let range = blockRange(block, of: blockCount, count)
      var index = range.lowerBound
      while index < range.upperBound {
        counters[bucketIndex(values[index])] &+= 1
        index &+= 1
      }
    }
  }

  /// Turns the counts into places: bucket after bucket, and in each block after block.
  @inlinable
  func findPlaces() {
    var place = 0
    var bucket = 0
    while bucket < bucketCount {
      var counter = places + bucket
      var block = 0
      while block < blockCount {
        let size = counter.pointee
        counter.pointee = place
        place &+= size
        counter += bucketCount
        block &+= 1
      }
      counter.initialize(to: place)
      bucket &+= 1
    }
  }

  @inlinable
  func deal(_ blocks: Range<Int>) {
    for block in blocks {
      let next = places + block &* bucketCount
      let range = blockRange(block, of: blockCount, count)
      var index = range.lowerBound
      while index < range.upperBound {
        let value = values[index]
        let place = next + bucketIndex(value)
        scratch[place.pointee] = value
        place.pointee &+= 1
        index &+= 1
      }
    }
  }

  /// Where a bucket's values lie.
  @inlinable @inline(__always)
  func bucket(_ bucket: Int) -> Range<Int> {
    let ends = places + blockCount &* bucketCount
    return Range(uncheckedBounds: (bucket == 0 ? 0 : ends[bucket &- 1], ends[bucket]))
  }

  /// Sorts buckets from the scratch memory into their places, but for those with too much in them.
  @inlinable
  func sortBuckets(_ buckets: Range<Int>) {
    let counters = UnsafeMutablePointer<UInt32>.allocate(capacity: radixCounterCount)
    for index in buckets {
      let range = bucket(index)
      let (source, target) = (scratch + range.lowerBound, values + range.lowerBound)
      if shift == 0 {
        // The values have all bits in common, and the passes kept their order.
        copyBits(source, target, range.count)
      } else if range.count <= radixBucketLimit {
        radixSort(source, target, range.count, intoOther: true, counters: counters)
      }
    }
    counters.deallocate()
  }
}

/// A block of about equally many.
@inlinable @inline(__always)
func blockRange(_ block: Int, of blockCount: Int, _ count: Int) -> Range<Int> {
  let length = count / blockCount
  let start = block &* length
  return Range(uncheckedBounds: (start, block &+ 1 == blockCount ? count : start &+ length))
}
