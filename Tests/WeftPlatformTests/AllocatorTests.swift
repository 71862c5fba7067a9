import Synchronization
import Testing

@testable import WeftPlatform

/// The allocator that native programs do not use, run on a reserved range of addresses.
@Suite(.serialized) struct AllocatorTests {
  @Test func sizeClassesHoldWhatTheyAreFor() {
    for size in 0...SizeClass.largestSize {
      let index = SizeClass.index(for: size)
      #expect(SizeClass.blockSize(index) >= size)
      if index > 0 { #expect(SizeClass.blockSize(index - 1) < max(size, 1)) }
    }
    #expect(SizeClass.index(for: SizeClass.largestSize) == SizeClass.count - 1)
  }

  @Test func alignsAsAsked() {
    var blocks: [UnsafeMutableRawPointer] = []
    for alignment in (0...17).map({ UInt(1) << UInt($0) }) {
      for size: UInt in [1, 16, 100, 5000, 70_000, 300_000] {
        let block = Allocator.allocate(size, alignment: alignment)!
        #expect(UInt(bitPattern: block) % max(alignment, 16) == 0 || alignment < 16)
        #expect(Allocator.usableSize(block) >= size)
        block.initializeMemory(as: UInt8.self, repeating: UInt8(truncatingIfNeeded: alignment), count: Int(size))
        blocks.append(block)
      }
    }
    for block in blocks { Allocator.free(block) }
  }

  @Test func largeMemoryIsUsedAgain() {
    for _ in 0..<1000 {
      let block = Allocator.allocate(40 << 20)!
      block.storeBytes(of: 1, as: UInt8.self)
      Allocator.free(block)
    }
    #expect(PageSource.usage.total < 1 << 30)
  }

  @Test func refusesWhatCannotFit() {
    #expect(Allocator.allocate(UInt.max - 8) == nil)
    #expect(Allocator.allocate(1 << 33) == nil)
    #expect(Allocator.allocate(UInt.max - 8, alignment: 4096) == nil)
  }

  /// Threads allocate, check and free blocks of random sizes, half of them blocks that another thread allocated. When all
  /// is freed, nothing is left but the page that holds the heaps themselves.
  @Test func blocksStayWholeAcrossThreads() {
    let exchange = UnsafeMutablePointer<Exchange>.allocate(capacity: 1)
    exchange.initialize(to: Exchange())
    nonisolated(unsafe) let shared = exchange
    var used: [UInt] = []
    detachHeapOfCurrentThread()
    let usedBefore = PageSource.usage.total - PageSource.usage.free
    for round in 0..<6 {
      let threads = (0..<8).map { index in
        PlatformThread.start(name: ThreadName("allocator-", number: index), stackSize: 1 << 18) {
          var random = SplitMix(UInt64(index + round * 8 + 1))
          for _ in 0..<40_000 { churn(&random, shared) }
          detachHeapOfCurrentThread()
        }
      }
      for thread in threads { thread.join() }
      shared.pointee.drain()
      detachHeapOfCurrentThread()
      let usage = PageSource.usage
      used.append(usage.total - usage.free)
    }
    #expect(used.allSatisfy { $0 <= usedBefore + 2 * PageSource.pageSize }, "bytes in use after each round: \(used)")
    exchange.deinitialize(count: 1)
    exchange.deallocate()
  }
}

private func churn(_ random: inout SplitMix, _ exchange: UnsafeMutablePointer<Exchange>) {
  let exponent = random.next() % 17
  let size = UInt(random.next() % (1 << exponent)) + 8
  let block = Block.allocate(size, stamp: random.next())
  let place = Int(random.next() % UInt64(Exchange.places))
  if random.next() % 2 == 0 {
    if let other = exchange.pointee.swap(block, at: place) { other.checkAndFree() }
  } else {
    block.checkAndFree()
  }
}

/// A block whose first and last words tell what they must be.
private struct Block {
  let address: UnsafeMutableRawPointer

  static func allocate(_ size: UInt, stamp: UInt64) -> Block {
    let address = Allocator.allocate(max(size, 24))!
    let words = address.assumingMemoryBound(to: UInt64.self)
    words[0] = stamp
    words[1] = UInt64(max(size, 24))
    address.storeBytes(of: ~stamp, toByteOffset: Int(max(size, 24) - 8) & ~7, as: UInt64.self)
    return Block(address: address)
  }

  func checkAndFree() {
    let words = address.assumingMemoryBound(to: UInt64.self)
    precondition(address.load(fromByteOffset: Int(words[1] - 8) & ~7, as: UInt64.self) == ~words[0], "A block was overwritten")
    Allocator.free(address)
  }
}

/// Places through which threads hand each other blocks.
private struct Exchange: ~Copyable {
  static let places = 64
  private let slots: UnsafeMutablePointer<Atomic<UInt>>

  init() {
    slots = .allocate(capacity: Exchange.places)
    for index in 0..<Exchange.places { (slots + index).initialize(to: Atomic(0)) }
  }

  deinit { slots.deallocate() }

  /// Acquiring and releasing: the block's contents go with it.
  borrowing func swap(_ block: Block?, at place: Int) -> Block? {
    let new = UInt(bitPattern: block?.address)
    let old = slots[place].exchange(new, ordering: .acquiringAndReleasing)
    return UnsafeMutableRawPointer(bitPattern: old).map(Block.init)
  }

  borrowing func drain() {
    for place in 0..<Exchange.places { swap(nil, at: place)?.checkAndFree() }
  }
}

/// S. Vigna's SplitMix64, to repeat a run.
struct SplitMix {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func detachHeapOfCurrentThread() { HeapPool.detachHeap() }
