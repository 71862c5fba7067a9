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

/// A number that the compiler does not know.
private final class Opaque: Sendable {
  private let number: Atomic<UInt32>
  init(_ number: UInt32) { self.number = Atomic(number) }
  var value: UInt32 {
    @inline(__always) get { number.load(ordering: .relaxed) }
  }
}

final class Fibonacci: Kernel {
  private let n: Int32
  private var result: UInt32 = 0

  init(_ n: Int) { self.n = Int32(n) }

  override func sequential(_ repetition: Int) { result = UInt32(plain(n)) }
  override func parallel(_ repetition: Int) { result = UInt32(forking(n)) }
  override var hash: UInt32 { hashOf(result) }
}

private func plain(_ n: Int32) -> Int32 {
  n < 2 ? n : plain(n &- 1) &+ plain(n &- 2)
}

private func forking(_ n: Int32) -> Int32 {
  if n < 2 { return n }
  let (a, b) = join({ forking(n &- 1) }, { forking(n &- 2) })
  return a &+ b
}
