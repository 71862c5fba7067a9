/// A value that its owner changes through a shared borrow, under a lock of the owner's.
@_rawLayout(like: Value, movesAsLike)
@usableFromInline
struct ValueCell<Value: ~Copyable>: ~Copyable {
  @inlinable
  init(_ value: consuming sending Value) { address.initialize(to: value) }

  init(madeBy make: () -> sending Value) { address.initialize(to: make()) }

  @inlinable
  deinit { address.deinitialize(count: 1) }

  /// Where the value lies: a type with raw layout stays in its place as long as it is borrowed.
  @inlinable
  var address: UnsafeMutablePointer<Value> {
    @inline(__always) get {
      withUnsafePointer(to: self) { UnsafeMutableRawPointer(mutating: UnsafeRawPointer($0)).assumingMemoryBound(to: Value.self) }
    }
  }
}

// Safe to share: the owner lets one thread at a time at the value (a read-write lock: several readers), and values only get in
// and out as `sending`.
extension ValueCell: @unchecked Sendable where Value: ~Copyable {}
