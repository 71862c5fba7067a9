import Weft

/// Multiplies two square matrices, a row of the product after the other.
@JS public func multiplySequentially(
  _ a: SharedBuffer<Double>, _ b: SharedBuffer<Double>, into product: SharedBuffer<Double>, size: Int
) {
  for row in 0..<size { multiply(row, of: a, b, into: product, size: size) }
}

/// Multiplies them on all threads, a row each.
@JS public func multiply(_ a: SharedBuffer<Double>, _ b: SharedBuffer<Double>, into product: SharedBuffer<Double>, size: Int) {
  (0..<size).parallel.forEach { multiply($0, of: a, b, into: product, size: size) }
}

/// Goes through both matrices as they lie in memory, so that the compiler can work on two numbers at once.
@inline(never)
private func multiply(
  _ row: Int, of a: SharedBuffer<Double>, _ b: SharedBuffer<Double>, into product: SharedBuffer<Double>, size: Int
) {
  let result = product.baseAddress + row * size
  for column in 0..<size { result[column] = 0 }
  for index in 0..<size {
    let factor = a[row * size + index]
    let numbers = b.baseAddress + index * size
    for column in 0..<size { result[column] += factor * numbers[column] }
  }
}
