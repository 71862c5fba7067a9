import Glibc
import Kernels
import Weft

// `Native SYSTEM THREADS` obeys lines on its standard input; `Benchmarks/README.md` has them.
let system = CommandLine.arguments[1]
// So far all of them run on all cores only.
let hasThreads = CommandLine.arguments[2] == "\(availableParallelism)"
Pool.global.enter()
var kernel: Kernel?
var repeats = 1
while let line = readLine() {
  let words = line.split(separator: " ")
  let numbers = words.dropFirst().map { Int($0)! }
  switch words[0] {
  case "load":
    kernel = nil
    repeats = numbers[2]
    if hasThreads { kernel = makeKernel(numbers[0], size: numbers[1], repeats: repeats, pattern: numbers[3], system) }
    print(kernel == nil ? 0 : 1)
  case "run":
    kernel!.reset()
    let duration = ContinuousClock().measure { kernel!.run(repeats: repeats, isParallel: numbers[0] != 0) }
    print(duration / .milliseconds(1))
  default:
    print(kernel!.hash)
  }
  fflush(nil)  // The host waits for the answer.
}

func makeKernel(_ number: Int, size: Int, repeats: Int, pattern: Int, _ system: String) -> Kernel? {
  let kernel = makeKernel(number, size: size, repeats: repeats, pattern: pattern)
  switch system {
  case "concurrentPerform": return (kernel as? any RowKernel).map(ConcurrentPerform.init)
  case "TaskGroup": return (kernel as? any RowKernel).map(TaskGroups.init)
  default: return kernel
  }
}
