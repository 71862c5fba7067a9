import Glibc
import Kernels

// `Native` obeys lines on its standard input; `Benchmarks/README.md` has them.
var kernel: Kernel?
var repeats = 1
while let line = readLine() {
  let words = line.split(separator: " ")
  let numbers = words.dropFirst().map { Int($0)! }
  switch words[0] {
  case "load":
    kernel = nil
    repeats = numbers[2]
    kernel = makeKernel(numbers[0], size: numbers[1], repeats: repeats, pattern: numbers[3])
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
