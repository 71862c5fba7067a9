/// The same random numbers in each run.
struct Xorshift: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// Inputs that sorting algorithms stumble over.
enum Pattern: CaseIterable {
  case random, sorted, reversed, equal, twoValues, fewValues, fewValuesAndOne, organPipe, sawtooth, almostSorted, outlier, clusters

  /// Numbers from 0 on, no greater than about `count`, but for `outlier` and `random`.
  func numbers(_ count: Int) -> [UInt64] {
    var generator = Xorshift(count)
    return (0..<count).map { index in
      let place = UInt64(index)
      return switch self {
      case .random: generator.next()
      case .sorted: place
      case .reversed: UInt64(count) - place
      case .equal: 7
      case .twoValues: generator.next() & 1
      case .fewValues: generator.next() % 16
      case .fewValuesAndOne: index == count / 3 + 1 ? 99 : generator.next() % 16
      case .organPipe: min(place, UInt64(count) - place)
      case .sawtooth: place % 37
      case .almostSorted: generator.next() % 50 == 0 ? generator.next() % UInt64(count) : place
      case .outlier: index == count / 3 ? .max : generator.next() % 1000
      case .clusters: (generator.next() % 3) << 40 | (generator.next() & 0xFF)
      }
    }
  }
}

let sortLengths = Array(0...33) + [63, 64, 65, 100, 127, 128, 160, 161, 162, 255, 256, 257, 500, 1000, 2047, 4097, 5000]
