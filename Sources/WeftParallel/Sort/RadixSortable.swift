/// What the radix sort moves: plain bits, with an integer that orders them.
@usableFromInline
protocol RadixSortable: Sendable {
  /// Orders the values as far as it goes.
  var radixBits: UInt64 { get }
  /// Whether `a` must come before `b`: by `radixBits`, and by what the type adds where these are equal.
  static func isOrdered(_ a: Self, before b: Self) -> Bool
}

/// A number where it lies in the user's memory: it has the layout of `Value`, for which `hasOrderedBits` is true.
@usableFromInline
struct RadixNumber<Value: Sendable>: RadixSortable {
  @usableFromInline let value: Value

  @inlinable @inline(__always)
  var radixBits: UInt64 { orderedBits(value) }

  @inlinable @inline(__always)
  static func isOrdered(_ a: Self, before b: Self) -> Bool { a.radixBits < b.radixBits }
}

/// A key with the place of its element. No two are equal, so any sort of them is a stable sort by key.
@usableFromInline
protocol PlacedKey: RadixSortable {
  var place: Int { get }
}

/// A key of up to 32 bits with the place of its element.
@usableFromInline
struct NarrowKey: PlacedKey {
  @usableFromInline let radixBits: UInt64

  @inlinable @inline(__always)
  init(key: UInt64, place: Int) { radixBits = key &<< 32 | UInt64(truncatingIfNeeded: place) }

  @inlinable @inline(__always)
  var place: Int { Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: radixBits)) }

  @inlinable @inline(__always)
  static func isOrdered(_ a: Self, before b: Self) -> Bool { a.radixBits < b.radixBits }
}

/// A key of up to 64 bits with the place of its element.
@usableFromInline
struct WideKey: PlacedKey {
  @usableFromInline let radixBits: UInt64
  @usableFromInline let place: Int

  @inlinable @inline(__always)
  init(key: UInt64, place: Int) {
    radixBits = key
    self.place = place
  }

  @inlinable @inline(__always)
  static func isOrdered(_ a: Self, before b: Self) -> Bool {
    a.radixBits < b.radixBits || a.radixBits == b.radixBits && a.place < b.place
  }
}
