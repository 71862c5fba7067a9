@_spi(Benchmarks) import WeftParallel

/// What the sorts need of an element; the sorts too, because the compiler specialises no generic class natively.
protocol SortElement: BitwiseCopyable, Sendable {
  init(_ number: UInt32)
  static func random(_ random: inout Random) -> Self
  static func sort(_ elements: UnsafeMutableBufferPointer<Self>)
  static func parallelSort(_ elements: UnsafeMutableBufferPointer<Self>)
}

extension UInt32: SortElement {
  static func random(_ random: inout Random) -> UInt32 { random.next() }
  static func sort(_ elements: UnsafeMutableBufferPointer<UInt32>) { elements.sequentialSort() }
  static func parallelSort(_ elements: UnsafeMutableBufferPointer<UInt32>) { elements.parallelSort() }
}

extension Double: SortElement {
  static func random(_ random: inout Random) -> Double { random.fraction() }
  static func sort(_ elements: UnsafeMutableBufferPointer<Double>) { elements.sequentialSort() }
  static func parallelSort(_ elements: UnsafeMutableBufferPointer<Double>) { elements.parallelSort() }
}

/// Each repetition sorts elements of its own, so that no branch predictor learns them by heart.
final class Sort<Element: SortElement>: Kernel {
  private let size: Int
  private let input, values: Elements<Element>

  init(size: Int, repeats: Int, pattern: Int) {
    self.size = size
    var random = Random()
    input = Elements(count: size * repeats) { index in
      let i = index % size
      return switch pattern {
      case 0: Element.random(&random)
      case 1: Element(UInt32(i))
      case 2: Element(UInt32(size - i))
      case 3: Element(random.next() % 16)
      default: Element(UInt32(min(i, size - i)))
      }
    }
    let input = input
    values = Elements(count: input.count) { input[$0] }
  }

  deinit {
    input.free()
    values.free()
  }

  private func part(_ repetition: Int) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: values.base + repetition * size, count: size)
  }

  override func reset() { values.copy(from: input) }
  override func sequential(_ repetition: Int) { Element.sort(part(repetition)) }
  override func parallel(_ repetition: Int) { Element.parallelSort(part(repetition)) }
  override var hash: UInt32 { hashOf(values.base, size) }
}

/// By a key that sixteen records share, so the result shows whether the order of equals was kept.
final class StableSort: Kernel {
  private struct Record: BitwiseCopyable {
    let key: UInt32
    let number: UInt32
    let weight: Double
  }

  private let input, values: Elements<Record>

  init(size: Int) {
    var random = Random()
    let keys = UInt32(max(size / 16, 1))
    input = Elements(count: size) { Record(key: random.next() % keys, number: UInt32($0), weight: Double($0)) }
    values = Elements(count: size, zero: Record(key: 0, number: 0, weight: 0))
  }

  deinit {
    input.free()
    values.free()
  }

  private var buffer: UnsafeMutableBufferPointer<Record> { UnsafeMutableBufferPointer(start: values.base, count: values.count) }

  override func reset() { values.copy(from: input) }
  override func sequential(_ repetition: Int) { buffer.sequentialStableSort(byKey: { $0.key }) }
  override func parallel(_ repetition: Int) { buffer.parallelStableSort(byKey: { $0.key }) }
  override var hash: UInt32 { values.hash }
}
