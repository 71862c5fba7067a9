// The inputs and the hash that all systems share; `Benchmarks/README.md` defines them.

/// xorshift32.
struct Random {
  private var state: UInt32 = 0x1234_5678

  mutating func next() -> UInt32 {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return state
  }

  /// In [0, 1), 32 bits.
  mutating func fraction() -> Double { Double(next()) / 4_294_967_296 }

  /// In [0, 1), 20 bits: sums of these are exact, so they do not depend on the order.
  mutating func shortFraction() -> Double { Double(next() >> 12) / 1_048_576 }
}

/// Memory whose elements several threads use, unchecked, as fast code does.
struct Elements<Element: BitwiseCopyable>: @unchecked Sendable {
  // Unchecked: no two threads of a kernel write the same element, and its owner outlives the call.

  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int, _ element: (Int) -> Element) {
    base = .allocate(capacity: max(1, count))
    self.count = count
    for index in 0..<count { (base + index).initialize(to: element(index)) }
  }

  init(count: Int, zero: Element) {
    self.init(count: count) { _ in zero }
  }

  subscript(index: Int) -> Element {
    @inline(__always) get { base[index] }
    @inline(__always) nonmutating set { base[index] = newValue }
  }

  func copy(from other: Elements) { base.update(from: other.base, count: count) }
  func free() { base.deallocate() }

  var hash: UInt32 { hashOf(base, count) }
}

/// FNV-1a of the bytes.
func hashOf<T>(_ base: UnsafePointer<T>, _ count: Int) -> UInt32 {
  let bytes = UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<T>.stride)
  var hash: UInt32 = 0x811c_9dc5
  for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
  return hash
}

func hashOf<T: BitwiseCopyable>(_ value: T) -> UInt32 {
  withUnsafePointer(to: value) { hashOf($0, 1) }
}

func hashOf<T>(_ values: UnsafeBufferPointer<T>) -> UInt32 {
  values.baseAddress.map { hashOf($0, values.count) } ?? 0x811c_9dc5
}

/// The image that has `pixels` pixels: its width is a power of two.
func dimensions(pixels: Int) -> (width: Int, height: Int) {
  var width = 1
  while width * width < pixels { width *= 2 }
  return (width, pixels / width)
}
