import Kernels
import Weft

/// Used by JavaScript's thread only.
nonisolated(unsafe) private var kernel: Kernel?
nonisolated(unsafe) private var repeats = 1

/// Makes a kernel and its input. Returns false if there is none.
@JS func load(_ number: Int, _ size: Int, _ repeatCount: Int, _ pattern: Int) -> Bool {
  kernel = nil
  repeats = repeatCount
  kernel = makeKernel(number, size: size, repeats: repeats, pattern: pattern)
  return kernel != nil
}

/// Puts the input back.
@JS func reset() { kernel?.reset() }

/// Runs the kernel as often as `load` was told.
@JS func run(_ isParallel: Bool) { kernel?.run(repeats: repeats, isParallel: isParallel) }

/// Of the last run's result.
@JS func hash() -> UInt32 { kernel?.hash ?? 0 }

/// From JavaScript into Swift and back.
@JS func nothing() {}

/// For what it costs to cross.
@JS func addNumbers(_ a: Double, _ b: Double) -> Double { a + b }

/// For what a typed array costs that crosses.
@JS func lastNumber(_ values: [Double]) -> Double { values[values.count - 1] }
