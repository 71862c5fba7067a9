import WeftScheduler

// Sorting by a key that is a number: the key of each element is taken once, the keys are sorted with the places of their
// elements, and then each element is moved once to where it belongs.

/// The fewest elements whose keys are taken, or that are moved, as one piece: some microseconds.
@inlinable @inline(__always) var keyPieceLength: Int { 1 << 10 }

/// Sorts elements stably by keys for whose type `hasOrderedBits` is true.
@inlinable @inline(__always)
func sortByNumber<Element: Sendable, Key>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, isParallel: Bool, _ key: @Sendable (Element) -> Key
) {
  if MemoryLayout<Key>.size <= 4 && UInt64(truncatingIfNeeded: count) < 1 << 32 {
    sortByKeys(base, count, isParallel: isParallel, ofType: NarrowKey.self) {
      NarrowKey(key: orderedBits(ofKey: key($0)), place: $1)
    }
  } else {
    sortByKeys(base, count, isParallel: isParallel, ofType: WideKey.self) {
      WideKey(key: orderedBits(ofKey: key($0)), place: $1)
    }
  }
}

@inlinable @inline(__always)
func sortByKeys<Element: Sendable, Key: PlacedKey>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, isParallel: Bool, ofType: Key.Type,
  _ keyAt: @Sendable (_ element: Element, _ place: Int) -> Key
) {
  let keys = UnsafeMutablePointer<Key>.allocate(capacity: count &* 2)
  // Safe: pieces write their own keys.
  nonisolated(unsafe) let (values, shared) = (base, keys)
  forPieces(of: count, minimumLength: keyPieceLength, isParallel: isParallel) { places in
    var place = places.lowerBound
    while place < places.upperBound {
      (shared + place).initialize(to: keyAt(values[place], place))
      place &+= 1
    }
  }
  radixSort(keys, scratch: keys + count, count, isParallel: isParallel)
  moveInOrder(base, count, of: keys, isParallel: isParallel)
  keys.deallocate()
}

/// Moves each element to where its key is.
@inlinable @inline(never)
func moveInOrder<Element: Sendable, Key: PlacedKey>(
  _ base: UnsafeMutablePointer<Element>, _ count: Int, of keys: UnsafeMutablePointer<Key>, isParallel: Bool
) {
  let moved = UnsafeMutablePointer<Element>.allocate(capacity: count)
  // Safe: each element is moved out once and in once, and the second loop begins when the first has ended.
  nonisolated(unsafe) let (values, room, order) = (base, moved, keys)
  forPieces(of: count, minimumLength: keyPieceLength, isParallel: isParallel) { places in
    var place = places.lowerBound
    while place < places.upperBound {
      (room + place).initialize(to: (values + order[place].place).move())
      place &+= 1
    }
  }
  forPieces(of: count, minimumLength: keyPieceLength, isParallel: isParallel) { places in
    (values + places.lowerBound).moveInitialize(from: room + places.lowerBound, count: places.count)
  }
  moved.deallocate()
}
