import Weft

final class Join: Kernel {
  private let count: Int
  private var result: UInt32 = 0

  init(count: Int) { self.count = count }

  override func sequential(_ repetition: Int) {
    var sum: UInt32 = 0
    for _ in 0..<count { sum &+= one() &+ two() }
    result = sum
  }

  override func parallel(_ repetition: Int) {
    var sum: UInt32 = 0
    for _ in 0..<count {
      let (a, b) = join({ one() }, { two() })
      sum &+= a &+ b
    }
    result = sum
  }

  override var hash: UInt32 { hashOf(result) }
}

// Calls that are not optimised away.
@inline(never) private func one() -> UInt32 { opaque(1) }
@inline(never) private func two() -> UInt32 { opaque(2) }
@_optimize(none) private func opaque(_ value: UInt32) -> UInt32 { value }

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
