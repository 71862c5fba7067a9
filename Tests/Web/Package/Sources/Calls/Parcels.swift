import Synchronization
import Weft

/// An object that owns memory, each end of which it has stamped. Whoever lets go of it last checks both and frees the memory.
private final class Parcel {
  let start: UnsafeMutablePointer<UInt8>
  let size: Int
  let stamp: UInt8
  let broken: UnsafeMutablePointer<Atomic<Int>>

  init(size: Int, alignment: Int, stamp: UInt8, broken: UnsafeMutablePointer<Atomic<Int>>) {
    start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: alignment).assumingMemoryBound(to: UInt8.self)
    self.size = size
    self.stamp = stamp
    self.broken = broken
    if UInt(bitPattern: start) % UInt(alignment) != 0 { broken.pointee.add(1, ordering: .relaxed) }
    for offset in 0..<stamped { start[offset] = stamp }
    for offset in size - stamped..<size { start[offset] = ~stamp }
  }

  /// Bytes at each end: up to 16, and never both ends in one byte.
  private var stamped: Int { size < 2 ? 0 : min(16, size / 2) }

  deinit {
    let isWhole = (0..<stamped).allSatisfy { start[$0] == stamp } && (size - stamped..<size).allSatisfy { start[$0] == ~stamp }
    if !isWhole { broken.pointee.add(1, ordering: .relaxed) }
    start.deallocate()
  }
}

/// Makes, hands over and drops objects with memory of 1 byte to 200 KB, of any alignment up to 4096, on `threads` threads at
/// once, each `rounds` times; every second one is dropped by whichever thread comes to it. Returns how many were misaligned or
/// overwritten, or -1 if fewer threads took part.
@JS func churnParcels(threads: Int, rounds: Int, seed: Int) -> Int {
  let places = 64
  let meeting = Meeting()
  let isAlone = Atomic<Bool>(false)
  let exchange = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: places)
  for place in 0..<places { (exchange + place).initialize(to: Atomic(0)) }
  let broken = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: 1)
  broken.initialize(to: Atomic(0))
  nonisolated(unsafe) let (shared, count) = (exchange, broken)
  parallelFor(0..<threads) { strand in
    meeting.arrive()
    if !meeting.wait(for: threads) { isAlone.store(true, ordering: .relaxed) }
    var random = Random(state: UInt64(seed * 64 + strand + 1))
    for _ in 0..<rounds {
      let size = 1 + Int(random.next() % min(200_000, 1 << (random.next() % 19)))
      let parcel = Parcel(
        size: size, alignment: 1 << Int(random.next() % 13), stamp: UInt8(truncatingIfNeeded: random.next()), broken: count)
      guard random.next() % 2 == 0 else { continue }
      let bits = UInt(bitPattern: Unmanaged.passRetained(parcel).toOpaque())
      // Acquiring and releasing: the object's contents go with its address.
      release(shared[Int(random.next() % UInt64(places))].exchange(bits, ordering: .acquiringAndReleasing))
    }
  }
  for place in 0..<places { release(exchange[place].load(ordering: .relaxed)) }
  defer { exchange.deallocate() }
  defer { broken.deallocate() }
  return isAlone.load(ordering: .relaxed) ? -1 : broken.pointee.load(ordering: .relaxed)
}

private func release(_ bits: UInt) {
  if let object = UnsafeRawPointer(bitPattern: bits) { Unmanaged<Parcel>.fromOpaque(object).release() }
}
