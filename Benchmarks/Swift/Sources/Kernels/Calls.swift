import Synchronization
import Weft

final class Join: Kernel {
  private let count: Int
  private var result: UInt32 = 0
  private let one = Opaque(1)
  private let two = Opaque(2)

  init(count: Int) { self.count = count }

  override func sequential(_ repetition: Int) {
    let (one, two) = (one, two)
    var sum: UInt32 = 0
    for _ in 0..<count { sum &+= one.value &+ two.value }
    result = sum
  }

  override func parallel(_ repetition: Int) {
    let (one, two) = (one, two)
    var sum: UInt32 = 0
    for _ in 0..<count {
      let (a, b) = join({ one.value }, { two.value })
      sum &+= a &+ b
    }
    result = sum
  }

  override var hash: UInt32 { hashOf(result) }
}

final class Fibonacci: Kernel {
  private let n: UInt32
  private var result: UInt32 = 0
  private let zero = Opaque(0)

  init(_ n: Int) { self.n = UInt32(n) }

  private func plain(_ n: UInt32) -> UInt32 {
    // Without the zeros LLVM turns one of the calls into a loop.
    n < 2 ? n : (plain(n &- 1) ^ zero.value) &+ (plain(n &- 2) ^ zero.value)
  }

  override func sequential(_ repetition: Int) { result = plain(n) }
  override func parallel(_ repetition: Int) { result = forking(n) }
  override var hash: UInt32 { hashOf(result) }
}

private func forking(_ n: UInt32) -> UInt32 {
  if n < 2 { return n }
  let (a, b) = join({ forking(n &- 1) }, { forking(n &- 2) })
  return a &+ b
}

/// A number that the compiler does not know.
private final class Opaque: Sendable {
  private let number: Atomic<UInt32>
  init(_ number: UInt32) { self.number = Atomic(number) }
  var value: UInt32 {
    @inline(__always) get { number.load(ordering: .relaxed) }
  }
}
