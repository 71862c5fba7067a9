extension Rendering {
  /// Renders the whole picture on all threads of the pool and returns its fingerprint.
  public func fingerprint() -> String {
    let pixels = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: width * height)
    defer { pixels.deallocate() }
    // SAFETY: the buffer is not empty, so it has an address; every pixel belongs to a tile and is written before it is read.
    render(tiles: 0..<tiles.count, into: pixels.baseAddress!, isStopped: { false }, finished: {})
    return Raytracer.fingerprint(of: UnsafeBufferPointer(pixels))
  }
}

/// The 32-bit FNV-1a hash of the pixels' bytes, as 8 hexadecimal digits: equal pictures have equal ones.
public func fingerprint(of pixels: UnsafeBufferPointer<UInt32>) -> String {
  var hash: UInt32 = 0x811C_9DC5
  for pixel in pixels {
    for shift: UInt32 in [0, 8, 16, 24] {
      hash = (hash ^ (pixel >> shift & 0xFF)) &* 0x0100_0193
    }
  }
  let digits = (0..<8).map { digit in
    let value = UInt8(truncatingIfNeeded: hash >> (28 - 4 * UInt32(digit)) & 0xF)
    return value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }
  return String(decoding: digits, as: UTF8.self)
}
