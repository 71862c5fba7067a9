import Weft

/// Counts the marks of a JSON text and adds its digits.
final class Scan: Kernel {
  private let bytes: [UInt8]
  private var result: UInt32 = 0

  init(size: Int) {
    var random = Random()
    bytes = (0..<size).map { _ in text.utf8Start[Int(random.next() >> 27)] }
  }

  override func sequential(_ repetition: Int) {
    var sum: UInt32 = 0
    for byte in bytes { sum &+= weight(byte) }
    result = sum
  }

  override func parallel(_ repetition: Int) { result = bytes.parallel.map { weight($0) }.reduce(0) { $0 &+ $1 } }
  override var hash: UInt32 { hashOf(result) }
}

private let text: StaticString = "{}[]:,\"\"0123456789abcdefghijklmn"

@inline(__always)
private func weight(_ byte: UInt8) -> UInt32 {
  switch byte {
  case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ","): 1
  case UInt8(ascii: "\""): 65536
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- UInt8(ascii: "0"))
  default: 0
  }
}

/// A hash of each block of 64 bytes.
final class BlockHash: Kernel {
  private let words: Elements<UInt32>
  private let hashes: Elements<UInt32>

  init(size: Int) {
    var random = Random()
    words = Elements(count: size * 16) { _ in random.next() }
    hashes = Elements(count: size, zero: 0)
  }

  deinit {
    words.free()
    hashes.free()
  }

  override func sequential(_ repetition: Int) {
    let (words, hashes) = (words, hashes)
    for index in 0..<hashes.count { hashes[index] = blockHash(words.base + index &* 16) }
  }

  override func parallel(_ repetition: Int) {
    let (words, hashes) = (words, hashes)
    parallelFor(0..<hashes.count) { hashes[$0] = blockHash(words.base + $0 &* 16) }
  }

  override var hash: UInt32 { hashes.hash }
}

@inline(__always)
private func blockHash(_ block: UnsafePointer<UInt32>) -> UInt32 {
  var hash: UInt32 = 0x811c_9dc5
  for index in 0..<16 {
    hash = (hash ^ block[index]) &* 0x0100_0193
    hash ^= hash >> 15
  }
  return hash
}
