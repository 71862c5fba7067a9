import Foundation
import Testing
import Weft

/// Calls `body` with memory as JavaScript would allocate it, all zero.
func withBuffer<Element: JSNumber & ExpressibleByIntegerLiteral, Result>(
  _ count: Int, of: Element.Type = Element.self, _ body: (SharedBuffer<Element>) throws -> Result
) rethrows -> Result {
  let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
  defer { memory.deallocate() }
  memory.initialize(repeating: 0)
  return try body(SharedBuffer(memory))
}

/// What memory holds.
func contents<Element>(_ buffer: SharedBuffer<Element>) -> [Element] { buffer.indices.map { buffer[$0] } }

/// The 32-bit FNV-1a hash of the bytes, as the pages show it.
func fingerprint<Element>(_ buffer: SharedBuffer<Element>) -> String {
  var hash: UInt32 = 0x811C_9DC5
  for byte in UnsafeRawBufferPointer(start: buffer.baseAddress, count: buffer.count * MemoryLayout<Element>.stride) {
    hash = (hash ^ UInt32(byte)) &* 0x0100_0193
  }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits
}

/// The results that every system, browser and number of threads must come to: those that the tests in browsers expect as well.
func expected(_ topic: String) throws -> String? {
  let demos = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let file = demos.appending(path: "expected-topics.json")
  return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))[topic]
}
