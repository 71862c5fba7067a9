import Weft

/// The sum of the squares of some numbers.
@JS func squares(_ values: [Int]) -> Int { values.parallel.map { $0 * $0 }.sum() }

enum Refusal: Error, Equatable {
  case negative(Int)
}

func root(_ number: Int) throws(Refusal) -> Int {
  if number < 0 { throw .negative(number) }
  return (0...number).first { ($0 + 1) * ($0 + 1) > number } ?? 0
}
