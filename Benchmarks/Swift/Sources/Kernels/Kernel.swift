/// What is measured, in a sequential form and with Weft.
open class Kernel {
  public init() {}

  /// Not timed: puts the input back that a run has changed.
  open func reset() {}
  open func sequential(_ repetition: Int) {}
  open func parallel(_ repetition: Int) {}
  /// Of the last run's result; where repetitions differ, the first one's.
  open var hash: UInt32 { 0 }
}

extension Kernel {
  public final func run(repeats: Int, isParallel: Bool) {
    if isParallel {
      for repetition in 0..<repeats { parallel(repetition) }
    } else {
      for repetition in 0..<repeats { sequential(repetition) }
    }
  }
}

/// A kernel whose rows do not depend on each other, for the systems that can do loops only.
package protocol RowKernel: Kernel {
  var rowCount: Int { get }
  func computeRow(_ index: Int)
}

/// The numbers are the places in `KERNELS` of `Benchmarks/Compare/workloads.py`.
public func makeKernel(_ number: Int, size: Int, repeats: Int, pattern: Int) -> Kernel? {
  switch number {
  case 0: Join(count: size)
  case 1: Fibonacci(size)
  case 2: Sum(size: size)
  case 3: ForEach(size: size)
  case 4: Sort<UInt32>(size: size, repeats: repeats, pattern: pattern)
  case 5: Sort<Double>(size: size, repeats: repeats, pattern: pattern)
  case 6: StableSort(size: size)
  case 7: MapFilterCollect(size: size)
  case 8: Mandelbrot(size: size)
  case 9: Blur(size: size)
  case 10: MatrixProduct(size: size)
  case 11: Bodies(size: size)
  case 12: TreeSum(size: size)
  case 13: Scan(size: size)
  case 14: BlockHash(size: size)
  // 15 and 16 are the host's own.
  case 17: FreeLock(count: size)
  case 18: SharedLock(count: size)
  case 19: ChannelRound(count: size)
  case 20: ChannelPayload(count: size)
  case 21: ChannelAwake(count: size)
  case 22: Spawn(count: size)
  default: nil
  }
}
