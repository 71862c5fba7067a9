import Synchronization
import Weft

// What needs more memory than 4 GiB. Most of it is never touched, so that it is no burden to the machine.

/// The memory that is held, or 0.
private let held = Atomic<UInt>(0)
private let heldSize = Atomic<Int>(0)

/// Takes memory, so that what this thread allocates afterwards lies behind it, small things too. Returns where it ends.
@JS func holdMemory(_ bytes: Double) -> Double {
  let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(bytes), alignment: 16)
  // Relaxed, all: calls that use it come one after the other, and publish it.
  held.store(UInt(bitPattern: memory), ordering: .relaxed)
  heldSize.store(Int(bytes), ordering: .relaxed)
  // What is free before it, of each size in which small memory is handed out. Never freed: the app ends soon.
  for size in stride(from: 16, through: 2048, by: 16) {
    for _ in 0..<(1 << 17) / size { _ = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16) }
  }
  return Double(UInt(bitPattern: memory)) + bytes
}

/// Writes the numbers from 0 into the held memory, on all threads, from its beginning to its end; then reads them and adds them up.
@JS func sumInHeldMemory(_ count: Int) -> Double {
  // Each thread has its own places, which stay until `freeHeldMemory`.
  nonisolated(unsafe) let memory = UnsafeMutableRawPointer(bitPattern: held.load(ordering: .relaxed)).unsafelyUnwrapped
  let step = (heldSize.load(ordering: .relaxed) - 8) / (count - 1) & ~7
  parallelFor(0..<count) { (memory + $0 * step).storeBytes(of: Double($0), as: Double.self) }
  return (0..<count).parallel.map { (memory + $0 * step).load(as: Double.self) }.sum()
}

@JS func freeHeldMemory() { UnsafeMutableRawPointer(bitPattern: held.exchange(0, ordering: .relaxed))?.deallocate() }

@JS func addressOf(_ buffer: SharedBuffer<Double>) -> Double { Double(UInt(bitPattern: buffer.baseAddress)) }

/// Where new threads have their local variables: of the two that run at once, the lower.
@JS func stacksOfNewThreads() -> Double {
  let threads = (0..<2).map { _ in
    Thread.spawn {
      var local = 0
      return withUnsafeMutablePointer(to: &local) { Double(UInt(bitPattern: $0)) }
    }
  }
  return threads.map { $0.join() }.min() ?? 0
}

/// Where a small block of this thread's lies.
@JS func addressOfSmallBlock() -> Double {
  let block = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 16)
  defer { block.deallocate() }
  return Double(UInt(bitPattern: block))
}
