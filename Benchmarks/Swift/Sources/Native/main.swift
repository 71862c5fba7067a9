import Glibc
import Kernels
import Weft

// `Native SYSTEM THREADS` obeys lines on its standard input; `Benchmarks/README.md` has them.
let system = CommandLine.arguments[1]
let threads = Int(CommandLine.arguments[2])!
let pool = Pool(threads: threads)
nonisolated(unsafe) var kernel: Kernel?
nonisolated(unsafe) var repeats = 1
while let line = readLine() {
  let words = line.split(separator: " ")
  let numbers = words.dropFirst().map { Int($0)! }
  switch words[0] {
  case "load":
    kernel = nil
    repeats = numbers[2]
    kernel = makeKernel(numbers[0], size: numbers[1], repeats: repeats, pattern: numbers[3], for: system)
    print(kernel == nil ? 0 : 1)
  case "run":
    kernel!.reset()
    print(measure(isParallel: numbers[0] != 0) / .milliseconds(1))
  default:
    print(kernel!.hash)
  }
  fflush(nil)  // The host waits for the answer.
}

func measure(isParallel: Bool) -> Duration {
  ContinuousClock().measure {
    if isParallel && system == "weft" {
      pool.install { kernel!.run(repeats: repeats, isParallel: true) }
    } else {
      kernel!.run(repeats: repeats, isParallel: isParallel)
    }
  }
}

func makeKernel(_ number: Int, size: Int, repeats: Int, pattern: Int, for system: String) -> Kernel? {
  let kernel = makeKernel(number, size: size, repeats: repeats, pattern: pattern)
  // These always use all cores.
  let rows = sysconf(Int32(_SC_NPROCESSORS_ONLN)) == threads ? kernel as? any RowKernel : nil
  switch system {
  case "concurrentPerform": return rows.map(ConcurrentPerform.init)
  case "TaskGroup": return rows.map(TaskGroups.init)
  default: return kernel
  }
}
