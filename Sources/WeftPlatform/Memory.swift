#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A copy of some bytes, in memory that `freeMemory` frees, on whichever side of the boundary.
public func copyMemory(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
  #if arch(wasm32)
    guard let copy = Allocator.allocate(UInt(bytes.count)) else { memoryIsExhausted(UInt(bytes.count)) }
  #else
    let copy = malloc(max(1, bytes.count))!
  #endif
  if let source = bytes.baseAddress { copy.copyMemory(from: source, byteCount: bytes.count) }
  return copy
}

/// Frees memory that came from `copyMemory` or that JavaScript allocated.
public func freeMemory(_ memory: UnsafeMutableRawPointer) {
  #if arch(wasm32)
    Allocator.free(memory)
  #else
    free(memory)
  #endif
}
