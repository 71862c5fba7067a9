import Dispatch
import Kernels

/// Another kernel's rows, each a child task.
final class TaskGroups: Kernel {
  private let kernel: any RowKernel

  init(_ kernel: any RowKernel) { self.kernel = kernel }

  override func reset() { kernel.reset() }
  override func sequential(_ repetition: Int) { kernel.sequential(repetition) }

  override func parallel(_ repetition: Int) {
    // Its rows do not depend on each other.
    nonisolated(unsafe) let kernel = kernel
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      await withTaskGroup { group in
        for row in 0..<kernel.rowCount { group.addTask { kernel.computeRow(row) } }
      }
      isDone.signal()
    }
    isDone.wait()
  }

  override var hash: UInt32 { kernel.hash }
}
