#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory that `freeMemory` frees, on whichever side of the boundary.
@export(interface)
public func allocateMemory(_ size: Int) -> UnsafeMutableRawPointer {
  #if arch(wasm32) || arch(wasm64)
    guard let memory = Allocator.allocate(UInt(size)) else { memoryIsExhausted(UInt(size)) }
  #else
    let memory = malloc(max(1, size))!
  #endif
  return memory
}

#if arch(wasm32) || arch(wasm64)
  /// The same where the memory may not suffice: nil then.
  @export(interface)
  public func allocateMemoryIfPossible(_ size: UInt) -> UnsafeMutableRawPointer? { Allocator.allocate(size) }
#endif

/// Frees memory that came from `allocateMemory` or that JavaScript allocated.
@export(interface)
public func freeMemory(_ memory: UnsafeMutableRawPointer) {
  #if arch(wasm32) || arch(wasm64)
    Allocator.free(memory)
  #else
    free(memory)
  #endif
}
