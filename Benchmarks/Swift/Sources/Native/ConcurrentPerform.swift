import Dispatch
import Kernels

/// Another kernel's rows, by `DispatchQueue.concurrentPerform`.
final class ConcurrentPerform: Kernel {
  private let kernel: any RowKernel

  init(_ kernel: any RowKernel) { self.kernel = kernel }

  override func reset() { kernel.reset() }
  override func sequential(_ repetition: Int) { kernel.sequential(repetition) }

  override func parallel(_ repetition: Int) {
    // Its rows do not depend on each other.
    nonisolated(unsafe) let kernel = kernel
    DispatchQueue.concurrentPerform(iterations: kernel.rowCount) { kernel.computeRow($0) }
  }

  override var hash: UInt32 { kernel.hash }
}
