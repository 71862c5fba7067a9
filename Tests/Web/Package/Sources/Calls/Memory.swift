import Synchronization
import Weft

/// Allocates, stamps, hands around, checks and frees blocks of 24 bytes to 128 KB on `strands` threads at once, each `rounds`
/// times, one in `period` of them a block that another strand allocated. Returns how many were overwritten.
@JS func churn(strands: Int, rounds: Int, period: Int, seed: Int) -> Int {
  // Handed over through places with a cache line each.
  let places = 64 * 16
  let exchange = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: places)
  for place in 0..<places { (exchange + place).initialize(to: Atomic(0)) }
  let broken = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: 1)
  broken.initialize(to: Atomic(0))
  nonisolated(unsafe) let (shared, count) = (exchange, broken)
  parallelFor(0..<strands) { strand in
    var random = Random(state: UInt64(seed * 64 + strand + 1))
    for _ in 0..<rounds {
      let mine = Block.make(size: 24 + Int(random.next() % (1 << (random.next() % 18))), stamp: random.next())
      let isExchanged = random.next() % UInt64(period) == 0
      // Acquiring and releasing: the block's bytes go with its address.
      let other = isExchanged ? Block.at(shared[Int(random.next() % 64) * 16].exchange(mine.bits, ordering: .acquiringAndReleasing)) : mine
      if let other, !other.checkAndFree() { count.pointee.add(1, ordering: .relaxed) }
    }
  }
  for place in 0..<places {
    if let block = Block.at(exchange[place].load(ordering: .relaxed)), !block.checkAndFree() { broken.pointee.add(1, ordering: .relaxed) }
  }
  defer { exchange.deallocate() }
  defer { broken.deallocate() }
  return broken.pointee.load(ordering: .relaxed)
}

/// The same work on arrays and strings of Swift, `rounds` times on each of `strands` threads. Returns a checksum.
@JS func buildAndDrop(strands: Int, rounds: Int) -> Int {
  let sums = UnsafeMutablePointer<Int>.allocate(capacity: strands)
  nonisolated(unsafe) let shared = sums
  parallelFor(0..<strands) { strand in
    var random = Random(state: UInt64(strand + 1))
    var kept: [[Int]] = []
    var sum = 0
    for _ in 0..<rounds {
      let count = Int(random.next() % 64)
      kept.append(
        [Int](unsafeUninitializedCapacity: count) { buffer, used in
          for index in 0..<count { buffer[index] = index }
          used = count
        })
      if kept.count > 32 {
        sum &+= kept.remove(at: Int(random.next() % 32)).reduce(0, &+)
      }
    }
    shared[strand] = sum
  }
  defer { sums.deallocate() }
  return (0..<strands).reduce(0) { $0 &+ sums[$1] }
}

/// Allocates `bytes` at once and frees them.
@JS func allocateAndFree(_ bytes: Int) {
  let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
  block.storeBytes(of: 1, as: UInt8.self)
  block.deallocate()
}

/// A block whose first two words tell what its last one must be.
private struct Block {
  let start: UnsafeMutableRawPointer

  var bits: UInt { UInt(bitPattern: start) }

  static func at(_ bits: UInt) -> Block? { UnsafeMutableRawPointer(bitPattern: bits).map(Block.init) }

  static func make(size: Int, stamp: UInt64) -> Block {
    let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    start.storeBytes(of: stamp, as: UInt64.self)
    start.storeBytes(of: UInt64(size), toByteOffset: 8, as: UInt64.self)
    start.storeBytes(of: ~stamp, toByteOffset: (size - 8) & ~7, as: UInt64.self)
    return Block(start: start)
  }

  func checkAndFree() -> Bool {
    let size = Int(start.load(fromByteOffset: 8, as: UInt64.self))
    let isWhole = start.load(fromByteOffset: (size - 8) & ~7, as: UInt64.self) == ~start.load(as: UInt64.self)
    start.deallocate()
    return isWhole
  }
}

/// S. Vigna's SplitMix64.
struct Random {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
